/** `npm run bench -- NAME [options]`: a measurement of bench/NAME; without a name, all of them. */
const all = ['exchange'] as const;

const [name] = process.argv.slice(2);
const named = all.find((one) => one === name);
if (name !== undefined && !name.startsWith('-') && named === undefined) {
  console.error(`usage: npm run bench -- [${all.join('|')}] [options]`);
  process.exit(2);
}
if (named !== undefined) process.argv.splice(2, 1);
for (const one of named ? [named] : all) await import(`./${one}/main.ts`);
