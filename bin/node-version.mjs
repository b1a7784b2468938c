// Plain enough to load on any Node that knows modules, so that an old one gets a sentence and not a stack trace.
const oldest = [20, 19];

/** Null when this Node can start Tansiq, else a sentence for the person at the terminal. */
export function nodeTooOld(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return null;
  return (
    `Tansiq needs Node.js ${oldest.join('.')} or newer to start; this is ${version}. ` +
    'Install a current Node.js (https://nodejs.org) and run the same command again.'
  );
}

export function refuseOldNode() {
  const problem = nodeTooOld(process.version);
  if (problem === null) return;
  console.error(problem);
  process.exit(1);
}
