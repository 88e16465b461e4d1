/**
 * The policy every page of ours is served with.
 * @param styleNonce fresh for each load; styles without it, and all inline scripts, are refused
 */
export function contentSecurityPolicy(styleNonce: string): string {
  return [
    "default-src 'none'",
    // pdf.js decodes JPEG 2000 and JBIG2 in WebAssembly, which needs this and nothing wider.
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${styleNonce}'`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}
