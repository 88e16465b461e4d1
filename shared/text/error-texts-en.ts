import type { ErrorCode } from '../result/codes';
import type { ErrorText } from './error-texts-vi';

const kept = 'The original file is kept unchanged.';
const entered = 'What was saved before is safe on this machine.';
const unchanged = 'The document has not changed.';
const pictureKept = 'The picture in use is unchanged.';

/** The English side of `error-texts-vi.ts`. */
export const errorTextsEn: Readonly<Record<ErrorCode, ErrorText>> = {
  FORBIDDEN: {
    what: 'This is not allowed in this unit or on this machine.',
    safe: unchanged,
    todo: 'Check that the right person and unit are in use.',
  },
  INVALID_INPUT: {
    what: 'Something is not in the right form.',
    safe: 'What you typed is still there.',
    todo: 'Correct the marked field and save again.',
  },
  INTERNAL: {
    what: 'The program met an unexpected fault.',
    safe: entered,
    todo: 'Try again. If it stays, restart and send the fault report.',
  },
  CANCELLED: { what: 'Stopped as you asked.', safe: unchanged, todo: 'Do it again when needed.' },
  TIMEOUT: {
    what: 'This took too long and was stopped.',
    safe: entered,
    todo: 'Try again; split very large files first.',
  },
  WORKER_CRASHED: {
    what: 'The file processor stopped suddenly.',
    safe: kept,
    todo: 'Try again. If it stops again, ask the sender for another copy.',
  },
  FILE_EMPTY: {
    what: 'The file is empty.',
    safe: 'It is kept in the intake box.',
    todo: 'Scan again or ask the sender for another file.',
  },
  FILE_BROKEN: {
    what: 'The file is broken and cannot be opened.',
    safe: kept,
    todo: 'Scan again or ask the sender for another file.',
  },
  FILE_ENCRYPTED: {
    what: 'The file has a password and cannot be read.',
    safe: kept,
    todo: 'Ask the sender for a copy without a password.',
  },
  FILE_TYPE_UNSUPPORTED: {
    what: 'This type of file cannot be shown.',
    safe: kept,
    todo: 'Convert it to PDF, DOCX, XLSX, image or MP4.',
  },
  FILE_TYPE_MISMATCH: {
    what: 'The content does not fit the ending of the file name.',
    safe: kept,
    todo: 'Check with the sender before registering.',
  },
  FILE_TOO_LARGE: {
    what: 'The file is larger than allowed.',
    safe: 'The original is where it was.',
    todo: 'Split or compress it and take it in again.',
  },
  FILE_NOT_FOUND: {
    what: 'The file was not found.',
    safe: entered,
    todo: 'Choose it again, or download it when online.',
  },
  FILE_DAMAGED_ON_DISK: {
    what: 'The stored file on this machine is damaged.',
    safe: 'The copy on the server is not affected.',
    todo: 'Download it again when online; check the disk.',
  },
  DISK_FULL: {
    what: 'The disk is full; nothing was written.',
    safe: 'What was saved before and what you typed is still there.',
    todo: 'Free at least 500 MB, then save or synchronise again (F9).',
  },
  IO: {
    what: 'The disk could not be read or written.',
    safe: entered,
    todo: 'Check the disk and folder rights and try again.',
  },
  LOCAL_DATA_DAMAGED: {
    what: 'The database of this computer cannot be read.',
    safe: 'What was saved is in the journal, files are in their own store, and what was sent is on the server.',
    todo: 'Open rescue mode to rebuild it. The damaged part is set aside, not deleted.',
  },
  LOCAL_DATA_MISSING: {
    what: 'The database of this computer is lost, or an empty one is in its place.',
    safe: 'What was saved is in the journal, files are in their own store, and what was sent is on the server.',
    todo: 'Open rescue mode to rebuild it.',
  },
  BACKUP_FOLDER_MISSING: {
    what: 'The folder or USB drive for backups is not there.',
    safe: 'The data of this computer are not affected; earlier backups are still on that drive.',
    todo: 'Plug the drive in again or choose another folder, then back up again.',
  },
  BACKUP_NOT_FOUND: {
    what: 'There is no backup of Công Văn in this folder.',
    safe: 'Nothing was changed.',
    todo: 'Choose the folder whose name begins with "CongVan-".',
  },
  BACKUP_DAMAGED: {
    what: 'This backup is damaged or incomplete.',
    safe: 'The data of this computer and other backups are not affected.',
    todo: 'Back up again to another drive; to restore, choose the backup of another day.',
  },
  KIT_NOT_PROVEN: {
    what: 'There is no recovery kit that was typed in once.',
    safe: 'Nothing was written outside of this computer.',
    todo: 'Print the recovery kit, type both halves in, then switch backups on.',
  },
  KIT_ROW_WRONG: {
    what: 'A row of the recovery key is not right.',
    safe: 'Nothing was changed.',
    todo: 'Compare the named row with the paper and type it again.',
  },
  KIT_MISMATCH: {
    what: 'The two halves are not of one kit, or do not open these data.',
    safe: 'Nothing was changed.',
    todo: 'Look at the number of the kit on both sheets: one of the clerk, one of the leader, the same kit.',
  },
  NOT_ENROLLED: {
    what: 'The server does not know this machine: it was never enrolled, or the server was restored to a day before that.',
    safe: entered,
    todo: 'Ask the administrator for an enrolment code. On a machine that was in use, type it on the Sync screen: what waits is sent then.',
  },
  NOT_SIGNED_IN: {
    what: 'Nobody has unlocked this machine.',
    safe: entered,
    todo: 'Choose your name and type the PIN.',
  },
  WRONG_PIN: { what: 'The PIN is wrong.', safe: entered, todo: 'Type the PIN again.' },
  PIN_LOCKED: {
    what: 'Locked for a while after several wrong PINs.',
    safe: entered,
    todo: 'Wait some minutes, or ask the administrator.',
  },
  KEY_STORE_LOCKED: {
    what: 'The key store of the system is locked.',
    safe: entered,
    todo: 'Unlock it and try again.',
  },
  P12_BAD_PASSWORD: {
    what: 'The password of the signing file is wrong.',
    safe: unchanged,
    todo: 'Type the password again.',
  },
  P12_UNSUPPORTED_CIPHER: {
    what: 'The signing file uses an unsupported cipher.',
    safe: unchanged,
    todo: 'Export it again with AES-256.',
  },
  P12_DAMAGED: {
    what: 'The signing file is damaged.',
    safe: unchanged,
    todo: 'Get it again from its issuer.',
  },
  P12_NO_KEY: {
    what: 'This file holds no private key.',
    safe: unchanged,
    todo: 'Choose a signing file with a key (.p12, .pfx).',
  },
  P12_NO_CERT: {
    what: 'The signing file holds no certificate.',
    safe: unchanged,
    todo: 'Export it again with the certificate.',
  },
  NO_SIGNING_KEY: {
    what: 'There is no signing key yet.',
    safe: unchanged,
    todo: 'Add your signing file or that of the organisation.',
  },
  PDF_NOT_PDF: { what: 'This file is not a PDF.', safe: kept, todo: 'Choose a PDF.' },
  PDF_ENCRYPTED: { what: 'The PDF has a password or is locked.', safe: kept, todo: 'Use an unlocked PDF.' },
  PDF_XREF_BROKEN: { what: 'The index inside the PDF is broken.', safe: kept, todo: 'Export the PDF again.' },
  PDF_MALFORMED: {
    what: 'The PDF has a wrong structure.',
    safe: kept,
    todo: 'Export it again or ask the sender for another copy.',
  },
  PDF_TOO_COMPLEX: {
    what: 'The PDF is too complex.',
    safe: kept,
    todo: 'Export it in a simpler form or split it.',
  },
  CERTIFIED_NO_CHANGES: {
    what: 'The document is signed and allows no change.',
    safe: unchanged,
    todo: 'If it is wrong, issue a replacement or a correction.',
  },
  CERTIFY_NOT_FIRST: {
    what: 'The document already has another signature.',
    safe: unchanged,
    todo: 'Start again from the unsigned PDF.',
  },
  FIELD_ALREADY_SIGNED: {
    what: 'This file carries a digital signature already.',
    safe: unchanged,
    todo: 'Take an unsigned copy as the draft, or send the signed file as an annex.',
  },
  FIELD_NOT_FOUND: {
    what: 'The place for signature or number is missing.',
    safe: unchanged,
    todo: 'Set the places again and retry.',
  },
  BAD_PAGE: { what: 'The chosen page is not in the file.', safe: unchanged, todo: 'Choose another page.' },
  CONTENTS_TOO_SMALL: {
    what: 'The room for the signature is too small.',
    safe: unchanged,
    todo: 'Sign again from the unsigned copy.',
  },
  SIGNER_MISMATCH: {
    what: 'The key is not that of the person who must sign.',
    safe: unchanged,
    todo: 'Use the key of the right signer.',
  },
  PICTURE_NOT_PNG: {
    what: 'This file is no PNG picture that can be used.',
    safe: pictureKept,
    todo: 'Save it as PNG with a clear background, not interlaced, and import it again.',
  },
  PICTURE_BROKEN: {
    what: 'The picture is broken or wholly clear; there is nothing to print.',
    safe: pictureKept,
    todo: 'Save it as PNG once more and import it again.',
  },
  PICTURE_TOO_LARGE: {
    what: 'The picture is larger than 2 MB or than 16 million pixels.',
    safe: pictureKept,
    todo: 'Crop it closely, make it smaller and import it again.',
  },
  CERT_EXPIRED: { what: 'The certificate has expired.', safe: unchanged, todo: 'Renew it or use another.' },
  CERT_NOT_YET_VALID: {
    what: 'The certificate is not valid yet.',
    safe: unchanged,
    todo: 'Check date and time of the machine.',
  },
  CERT_WRONG_USAGE: {
    what: 'This certificate is not for signing documents.',
    safe: unchanged,
    todo: 'Choose a signing certificate.',
  },
  NOT_ALLOWED: {
    what: 'Your role may not do this.',
    safe: unchanged,
    todo: 'Hand it to the competent person.',
  },
  WRONG_STATE: {
    what: 'The document has moved to another step.',
    safe: unchanged,
    todo: 'Look at its state and take the fitting step.',
  },
  MISSING_FIELD: {
    what: 'A required field is empty.',
    safe: 'What you typed is still there.',
    todo: 'Fill in the marked field and save again.',
  },
  SECRET_DOCUMENT: {
    what: 'Secret documents may not enter the program.',
    safe: 'Nothing of this document was stored.',
    todo: 'Handle it on paper by the rules on state secrets.',
  },
  BOOK_NOT_HELD: {
    what: 'This machine does not hold the book.',
    safe: 'What you typed is still there.',
    todo: 'Take the book when online, or work at its holder.',
  },
  BOOK_DATE_BACKWARDS: {
    what: 'This day lies before the last entry.',
    safe: 'No number was given.',
    todo: 'Use the day of the last entry or a later one.',
  },
  BOOK_YEAR_MISMATCH: {
    what: 'This day is not in the year of the book.',
    safe: 'No number was given.',
    todo: 'Correct the day, or open the book of that year.',
  },
  NUMBER_TAKEN: {
    what: 'This number has been given.',
    safe: 'No number is there twice.',
    todo: 'Synchronise and try again.',
  },
  NUMBER_CANCELLED: {
    what: 'The document went another way on another machine and did not take the number that was given here.',
    safe: 'The number stays in the book as void and is not given to another document.',
    todo: 'Void it in the paper book. If the document still needs a number, give it a new one.',
  },
  BOOK_CLOSED: {
    what: 'The book of this year is closed.',
    safe: 'Its numbers are unchanged.',
    todo: 'Give the number in the book of an open year.',
  },
  BOOK_CHAIN_BROKEN: {
    what: 'This number follows one that the book on the server does not have: the book went on elsewhere.',
    safe: 'The numbers in the book of the server are unchanged; the document is unchanged.',
    todo: 'Compare with the paper book and void this number there if it was written. Synchronise (F9) and give a new one.',
  },
  UNIT_ENDED: {
    what: 'The unit ended before the day of this number.',
    safe: 'No number was given; the books of the unit are unchanged.',
    todo: 'Register and number it in the unit that took over. If the day is wrong, correct it and try again.',
  },
  BOOK_HAS_GAPS: {
    what: 'The book has missing numbers that nobody has explained.',
    safe: 'The book is still open and unchanged.',
    todo: 'Write each from the paper book or explain it, then close the year.',
  },
  BOOK_TOKEN_INVALID: {
    what: 'This slip is wrong, too old, or not meant for this machine.',
    safe: 'The holder of the book has not changed.',
    todo: 'Check that the whole slip was copied. If this machine is far behind, synchronise once and try again.',
  },
  LAN_UNREACHABLE: {
    what: 'The machine with the book cannot be reached at this address.',
    safe: 'The document still waits. If a number was given meanwhile, asking again brings that same number.',
    todo: 'See that the machine is on, gives numbers over the office network, and shows this address; or use a request slip.',
  },
  LAN_OTHER_MACHINE: {
    what: 'The machine at this address cannot prove that it holds the book.',
    safe: 'The request was not sent.',
    todo: 'Look at the address on the machine that holds the book. If the book has moved, synchronise once and try again.',
  },
  LAN_NOBODY_THERE: {
    what: 'The machine with the book is on, but nobody is signed in to give numbers.',
    safe: 'The document still waits.',
    todo: 'Let the clerk sign in there, then ask again.',
  },
  BOOK_UNSENT_WORK: {
    what: 'This machine has work that the server does not have yet.',
    safe: 'The book is unchanged, and so is what waits.',
    todo: 'Synchronise (F9) until nothing waits, then try again.',
  },
  BOOK_AWAITS_MACHINES: {
    what: 'The server was restored and waits for word from machines of this unit.',
    safe: 'Nobody was given the book, so no number is given twice.',
    todo: 'Synchronise (F9) at each of those machines, then try again. One that is lost: have the administrator revoke it.',
  },
  NUMBER_DATE_OUT_OF_ORDER: {
    what: 'This day does not lie between those of the numbers before and after.',
    safe: 'The book is unchanged.',
    todo: 'Look at the day in the paper book again.',
  },
  TWO_PEOPLE_NEEDED: {
    what: 'This needs two people, a clerk and a leader, each with the own PIN.',
    safe: 'The book is unchanged.',
    todo: 'Ask both to confirm.',
  },
  CLOCK_AHEAD: {
    what: 'The clock of this machine is more than a day ahead of the server.',
    safe: 'No number was given.',
    todo: 'Set the clock, synchronise (F9), then give the number.',
  },
  NUMBERING_UNPROVED: {
    what: 'This machine was restored and may not know the last number that was given.',
    safe: 'No number was given; the book on the server is whole.',
    todo: 'Connect and synchronise (F9) once to the end, then give the number.',
  },
  QUORUM_NOT_MET: {
    what: 'There are not enough people present.',
    safe: 'The attendance taken so far is kept.',
    todo: 'Take attendance again or postpone.',
  },
  NOT_FOUND: {
    what: 'This was not found on the machine.',
    safe: entered,
    todo: 'Synchronise and search again.',
  },
  OFFLINE: {
    what: 'Working offline.',
    safe: 'Everything is saved here and sent when online.',
    todo: 'Go on; retry this when online.',
  },
  SERVER_UNREACHABLE: {
    what: 'The provincial server cannot be reached.',
    safe: 'Everything is saved here and sent later.',
    todo: 'Check network and server address and try again.',
  },
  SERVER_REFUSED: {
    what: 'The server refused the request.',
    safe: entered,
    todo: 'See Sync, tab Stuck. Tell the administrator if it stays.',
  },
  SERVER_BUSY: {
    what: 'The server is busy.',
    safe: 'Everything is saved here.',
    todo: 'It is retried in some minutes.',
  },
  SERVER_DISK_FULL: {
    what: 'The disk of the server is full; it could not take this.',
    safe: 'Everything is saved on this machine, files that were not sent too.',
    todo: 'Tell the administrator of the province; it is sent again once there is room.',
  },
  UPDATE_REQUIRED: {
    what: 'The program is older than the server.',
    safe: 'Everything is saved here.',
    todo: 'Update the program and synchronise.',
  },
  DEVICE_REVOKED: {
    what: 'The rights of this machine were withdrawn.',
    safe: 'Nothing on the machine was deleted.',
    todo: 'Ask the administrator of the unit.',
  },
  EPOCH_CHANGED: {
    what: 'The server was restored from a backup.',
    safe: 'This machine keeps all work and sends it again.',
    todo: 'Wait until synchronisation has finished.',
  },
  ENROL_CODE_INVALID: {
    what: 'The enrolment code is wrong or used.',
    safe: 'Nothing has changed on this machine.',
    todo: 'Ask the administrator for a new code.',
  },
  HASH_MISMATCH: {
    what: 'The received file does not match the original.',
    safe: 'The wrong copy was thrown away.',
    todo: 'It is fetched again; tell the administrator if it stays.',
  },
  REMOVAL_HELD: {
    what: 'The server asks to delete many rows at once; this may be a fault of the server.',
    safe: 'Nothing was deleted here; this part receives nothing more for now.',
    todo: 'Ask the administrator first. Agree only if you are sure that these have to go.',
  },
  CLOCK_OFF: {
    what: 'The clock of this machine differs from the server by more than 5 minutes.',
    safe: 'All work is saved on this machine; its order does not depend on the clock.',
    todo: 'Set date and time of the machine, so that documents carry the right time, then synchronise (F9).',
  },
  SERVICE_UNREACHABLE: {
    what: 'The certification service cannot be reached.',
    safe: unchanged,
    todo: 'Go on without network; it is tried again when there is one.',
  },
  TSA_UNREACHABLE: {
    what: 'The timestamp server cannot be reached.',
    safe: unchanged,
    todo: 'Sign without a timestamp (B-B) and let it be added later, or check the address.',
  },
  TSA_REJECTED: {
    what: 'The timestamp server refused the request.',
    safe: unchanged,
    todo: 'Check the address and your right to use the service.',
  },
  TSA_BAD_RESPONSE: {
    what: 'The timestamp that came back is wrong and was not used.',
    safe: unchanged,
    todo: 'Try again; if it happens again, use another timestamp server.',
  },
  CERT_REVOKED: {
    what: 'This certificate has been revoked.',
    safe: unchanged,
    todo: 'Do not use it any more; ask its issuer for a new one.',
  },
  NO_SIGNATURE: {
    what: 'The file has no digital signature.',
    safe: unchanged,
    todo: 'Choose a signed file.',
  },
  PDF_FORBIDS_SIGNING: {
    what: 'The maker of this PDF does not allow signing it.',
    safe: unchanged,
    todo: 'Ask its maker for a copy without restrictions.',
  },
  SIGNING_SESSION_MISMATCH: {
    what: 'The signature that came back does not belong to this preparation.',
    safe: unchanged,
    todo: 'Prepare the signature again.',
  },
  TOKEN_DRIVER_FAILED: {
    what: 'The driver of the USB token cannot be loaded.',
    safe: unchanged,
    todo: "Install the driver of the token's issuer, or choose its file again.",
  },
  TOKEN_NOT_PRESENT: {
    what: 'No USB token is plugged in.',
    safe: unchanged,
    todo: 'Plug it in and try again.',
  },
  TOKEN_REMOVED: {
    what: 'The USB token was pulled out while signing.',
    safe: unchanged,
    todo: 'Plug it in again and sign what is left.',
  },
  TOKEN_PIN_WRONG: {
    what: 'The PIN of the token is wrong.',
    safe: unchanged,
    todo: 'Enter it again; the token locks itself after several wrong tries.',
  },
  TOKEN_PIN_LOCKED: {
    what: 'The USB token has locked itself after wrong PINs.',
    safe: unchanged,
    todo: 'Ask the issuer of the token to unlock it.',
  },
  TOKEN_NO_KEY: {
    what: 'The token has no private key for this certificate.',
    safe: unchanged,
    todo: 'Choose another certificate or plug in the right token.',
  },
  TOKEN_REFUSED: {
    what: 'The USB token cannot sign in this way.',
    safe: unchanged,
    todo: 'Choose another way of signing in the settings, or another token.',
  },
  CLOCK_BEHIND: {
    what: 'The clock of this machine is slow: the signature would carry a wrong time.',
    safe: unchanged,
    todo: 'Set date, time and time zone in the settings of the operating system, then sign again.',
  },
  SIGNING_SESSION_ENDED: {
    what: 'The PIN that was given no longer counts, or this document was not among those it was given for.',
    safe: unchanged,
    todo: 'Sign again and give the PIN once more.',
  },
};
