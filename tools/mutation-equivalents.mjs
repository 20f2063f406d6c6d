// Changes of the program that no test can notice, because they change nothing that can be seen.

/** @type {readonly {file: string, line: string, replacement: string, reason: string}[]} */
export const equivalents = [];
