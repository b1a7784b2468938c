import type { IncomingHttpHeaders } from 'node:http';

/**
 * A write made by another site in an officer's browser. Our screens send a header that no foreign form can send, and
 * a browser names the page's origin truthfully. Beside the cookie's SameSite=Strict, not instead of it.
 */
export function forgedRequest(headers: IncomingHttpHeaders, host: string): boolean {
  if (headers['x-tansiq'] !== '1') return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const { origin } = headers;
  // TLS may end before us, so that the scheme differs; the host may not.
  return origin !== undefined && hostOf(origin) !== host;
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
