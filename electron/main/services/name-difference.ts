/**
 * Whether a certificate names somebody else than the document's signer; marks, case and spaces that were written in
 * another way do not count, and a certificate may say more than the name.
 */
export function namesDiffer(certificate: string, signer: string): boolean {
  return signer.trim() !== '' && !plain(certificate).includes(plain(signer));
}

function plain(name: string): string {
  const letters = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');
  return letters.replace(/\s+/gu, ' ').trim();
}
