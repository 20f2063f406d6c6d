// An engine of `npm run same`: the product's command line in some Node.
import { execFile, execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/**
 * @param {string} program path of a Node
 * @param {import('./build.mjs').Built} built
 * @returns {import('./compare.mjs').Engine}
 */
export function nodeEngine(program, { cli, math }) {
  const version = execFileSync(program, ['--version'], { encoding: 'utf8' }).trim().slice(1);
  return {
    name: `Node ${version}`,
    async run({ scenario, seed }) {
      const args = [cli, 'run', `scenarios/${scenario}.yaml`, '--seed', seed, '--json'];
      const { hash, events } = JSON.parse(await outputOf(program, args));
      return { hash, events };
    },
    async fingerprint() {
      const text = `import(${JSON.stringify(pathToFileURL(math).href)}).then((math) =>
        console.log(math.fingerprint()))`;
      return (await outputOf(program, ['--input-type=module', '-e', text])).trim();
    },
    async close() {},
  };
}

/**
 * What a program prints. Exit code 1 is fine: it says that a requirement of the scenario is missed.
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<string>}
 */
function outputOf(program, args) {
  return new Promise((resolve, reject) => {
    execFile(program, args, { maxBuffer: 1e8 }, (error, stdout, stderr) => {
      if (error === null || error.code === 1) resolve(stdout);
      else reject(new Error(`${program} ${args.join(' ')}\n${stderr}`));
    });
  });
}
