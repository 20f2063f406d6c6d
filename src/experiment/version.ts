/** The version of the program, as the package says it. */

import { version as packageVersion } from '../../package.json';

export const version: string = packageVersion;
