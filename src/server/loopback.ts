/**
 * Whether a host name or address means this machine alone. Names other than `localhost` are not looked up:
 * what a name resolves to is exactly what DNS rebinding changes.
 */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name);
}

/** The host of `host:port` or of an origin, as URLs spell it; null where there is none. */
export function hostOf(urlOrAuthority: string): string | null {
  const text = urlOrAuthority.includes("://") ? urlOrAuthority : `http://${urlOrAuthority}`;
  return URL.canParse(text) ? new URL(text).hostname : null;
}
