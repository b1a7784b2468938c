/** Section 6 for a second implementation: what is answered to requests that hold no envelope of a partner. */
const envelope = 'application/vnd.tansiq.envelope';
const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');
const headerOf = (change: object) => {
  const hash = 'A'.repeat(43);
  const members = { binding: hash, epoch: 1, from: hash, key: hash, link: hash, sequence: 1 };
  // JCS: the members ascend, as they are written here.
  const header = JSON.stringify({ ...members, suite: '647a-0001-0002', to: hash, type: 'batch', v: 1, ...change });
  const length = String.fromCharCode(0, 0, header.length >> 8, header.length & 0xff);
  return `TANSIQ1\n${length}${header}\0\x01xyz`;
};

export const httpVectors = {
  about:
    'Section 6: requests to /exchange/v1 of any node that knows nobody of them, with the status and the code of the problem. Bodies in base64.',
  cases: [
    ['nothing', envelope, '', 400, 'envelope-malformed'],
    ['no envelope', envelope, base64('no envelope'), 400, 'envelope-malformed'],
    ['another version', envelope, base64('TANSIQ9\n'), 422, 'envelope-version-unknown'],
    ['cut off in its header', envelope, base64(headerOf({}).slice(0, 60)), 400, 'envelope-malformed'],
    ['another suite', envelope, base64(headerOf({ suite: '0020-0001-0001' })), 422, 'envelope-suite-refused'],
    ['another type', envelope, base64(headerOf({ type: 'letter' })), 400, 'envelope-malformed'],
    ['a receipt, which is an answer', envelope, base64(headerOf({ type: 'receipt' })), 400, 'envelope-malformed'],
    ['for another service', envelope, base64(headerOf({})), 422, 'envelope-not-for-us'],
    ['JSON', 'application/json', base64('{}'), 415, 'envelope-malformed'],
  ].map(([name, contentType, body, status, code]) => ({ name, method: 'POST', contentType, body, status, code })),
};
