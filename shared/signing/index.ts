export type { AppearanceSpec } from './appearance/appearance';
export type { FontFiles } from './appearance/drawing';
export {
  type DateBlanks,
  type PageSize,
  type Placement,
  placeAnnexText,
  placeSeal,
} from './appearance/placement';
export { describePicture, type PictureFacts, pictureSize } from './appearance/signature-picture';
export {
  findSignaturePlaces,
  type PageText,
  type PlaceSearch,
  type SignaturePlaces,
  type TextItem,
} from './appearance/signature-places';
export type { SigningPageText } from './appearance/signing-page';
export { DerError } from './asn1/der';
export { equalBytes } from './bytes';
export { checkSignerCertificate, describeCertificate } from './certificates/signer-certificate';
export { type Certificate, readCertificate } from './certificates/x509';
export { type CheckOptions, checkSignatures } from './check/check';
export type {
  ChangeLevel,
  CheckReport,
  DocumentChange,
  DocumentProblem,
  PathReport,
  SignatureProblem,
  SignatureReport,
  SignerReport,
  Verdict,
} from './check/check-report';
export type {
  ByteSink,
  ByteSource,
  CryptoPort,
  HashName,
  IncrementalHash,
  SignatureToVerify,
  Signer,
  SigningHash,
} from './ports';
export { type Filled, type FillOptions, fillNumberAndDate } from './update/fill';
export { inspectPdf, type PdfInspection } from './update/inspect';
export { fieldNames, type Prepared, type PrepareOptions, prepareForSigning } from './update/prepare';
export { type Signed, type SignOptions, signPdf } from './update/sign';
export { vietnamIsoTime } from './vietnam-time';
