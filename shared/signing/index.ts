export type { AppearanceSpec } from './appearance';
export { equalBytes } from './bytes';
export { type CheckOptions, checkSignatures } from './check';
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
} from './check-report';
export { DerError } from './der';
export type { FontFiles } from './drawing';
export { type Filled, type FillOptions, fillNumberAndDate } from './fill';
export { inspectPdf, type PdfInspection } from './inspect';
export { type DateBlanks, type PageSize, type Placement, placeAnnexText, placeSeal } from './placement';
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
export { fieldNames, type Prepared, type PrepareOptions, prepareForSigning } from './prepare';
export { type Signed, type SignOptions, signPdf } from './sign';
export { describePicture, type PictureFacts, pictureSize } from './signature-picture';
export {
  findSignaturePlaces,
  type PageText,
  type PlaceSearch,
  type SignaturePlaces,
  type TextItem,
} from './signature-places';
export { checkSignerCertificate, describeCertificate } from './signer-certificate';
export type { SigningPageText } from './signing-page';
export { vietnamIsoTime } from './vietnam-time';
export { type Certificate, readCertificate } from './x509';
