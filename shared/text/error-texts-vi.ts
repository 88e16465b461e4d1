import type { ErrorCode } from '../result/codes';

/** What a message about a failure says: what happened, what is safe, what to do. */
export type ErrorText = { readonly what: string; readonly safe: string; readonly todo: string };

const kept = 'Tệp gốc vẫn được giữ nguyên.';
const entered = 'Những gì đã ghi trước đó vẫn an toàn trên máy này.';
const unchanged = 'Văn bản chưa bị thay đổi.';
const pictureKept = 'Hình đang dùng không bị thay đổi.';

/** What each expected failure says to the person: what happened, what is safe, what to do. */
export const errorTexts: Readonly<Record<ErrorCode, ErrorText>> = {
  FORBIDDEN: {
    what: 'Việc này không được phép ở đơn vị hoặc máy này.',
    safe: unchanged,
    todo: 'Kiểm tra đang dùng đúng người và đúng đơn vị.',
  },
  INVALID_INPUT: {
    what: 'Có nội dung chưa đúng dạng.',
    safe: 'Nội dung đang gõ còn nguyên.',
    todo: 'Sửa ô được đánh dấu rồi ghi lại.',
  },
  INTERNAL: {
    what: 'Chương trình gặp lỗi ngoài dự kiến.',
    safe: entered,
    todo: 'Thử lại. Nếu còn lỗi, khởi động lại chương trình và gửi tệp báo lỗi.',
  },
  CANCELLED: { what: 'Đã dừng theo yêu cầu.', safe: unchanged, todo: 'Làm lại khi cần.' },
  TIMEOUT: {
    what: 'Việc này chạy quá lâu nên đã dừng.',
    safe: entered,
    todo: 'Thử lại; với tệp rất lớn, tách tệp trước.',
  },
  WORKER_CRASHED: {
    what: 'Phần xử lý tệp dừng đột ngột.',
    safe: kept,
    todo: 'Thử lại. Nếu vẫn dừng với tệp này, xin nơi gửi bản khác.',
  },
  FILE_EMPTY: {
    what: 'Tệp rỗng, không có nội dung.',
    safe: 'Tệp vẫn được giữ trong hộp tiếp nhận.',
    todo: 'Quét lại hoặc xin nơi gửi tệp khác.',
  },
  FILE_BROKEN: { what: 'Tệp hỏng, không mở được.', safe: kept, todo: 'Quét lại hoặc xin nơi gửi tệp khác.' },
  FILE_ENCRYPTED: {
    what: 'Tệp có mật khẩu, không đọc được nội dung.',
    safe: kept,
    todo: 'Xin nơi gửi bản không đặt mật khẩu.',
  },
  FILE_TYPE_UNSUPPORTED: {
    what: 'Loại tệp này không hiển thị được.',
    safe: kept,
    todo: 'Chuyển sang PDF, DOCX, XLSX, ảnh hoặc MP4 rồi nhận lại.',
  },
  FILE_TYPE_MISMATCH: {
    what: 'Nội dung tệp không đúng với phần đuôi tên tệp.',
    safe: kept,
    todo: 'Kiểm tra với nơi gửi trước khi vào sổ.',
  },
  FILE_TOO_LARGE: {
    what: 'Tệp lớn quá mức cho phép.',
    safe: 'Tệp gốc vẫn ở chỗ cũ.',
    todo: 'Tách hoặc nén tệp rồi nhận lại.',
  },
  FILE_NOT_FOUND: {
    what: 'Không thấy tệp.',
    safe: entered,
    todo: 'Chọn lại tệp, hoặc tải tệp về khi có mạng.',
  },
  FILE_DAMAGED_ON_DISK: {
    what: 'Tệp đã lưu trên máy này bị hỏng.',
    safe: 'Bản trên máy chủ không bị ảnh hưởng.',
    todo: 'Tải lại tệp khi có mạng; kiểm tra ổ đĩa.',
  },
  DISK_FULL: {
    what: 'Ổ đĩa hết chỗ, chưa ghi được.',
    safe: 'Những gì đã ghi trước đó và nội dung đang gõ còn nguyên.',
    todo: 'Giải phóng ít nhất 500 MB rồi ghi hoặc đồng bộ lại (F9).',
  },
  IO: {
    what: 'Không đọc hoặc ghi được trên ổ đĩa.',
    safe: entered,
    todo: 'Kiểm tra ổ đĩa và quyền của thư mục rồi thử lại.',
  },
  LOCAL_DATA_DAMAGED: {
    what: 'Cơ sở dữ liệu trên máy này không đọc được.',
    safe: 'Những việc đã ghi nằm trong nhật ký; các tệp nằm trong kho riêng; phần đã gửi còn ở máy chủ.',
    todo: 'Mở chế độ cứu hộ để dựng lại. Phần hỏng được giữ riêng, không bị xóa.',
  },
  LOCAL_DATA_MISSING: {
    what: 'Cơ sở dữ liệu trên máy này bị mất hoặc đã bị thay bằng bản trống.',
    safe: 'Những việc đã ghi nằm trong nhật ký; các tệp nằm trong kho riêng; phần đã gửi còn ở máy chủ.',
    todo: 'Mở chế độ cứu hộ để dựng lại.',
  },
  BACKUP_FOLDER_MISSING: {
    what: 'Không thấy thư mục hoặc ổ USB dùng để sao lưu.',
    safe: 'Dữ liệu trên máy này không bị ảnh hưởng; các bản sao lưu trước vẫn còn trên ổ đó.',
    todo: 'Cắm lại ổ USB hoặc chọn thư mục khác rồi sao lưu lại.',
  },
  BACKUP_NOT_FOUND: {
    what: 'Thư mục này không có bản sao lưu nào của Công Văn.',
    safe: 'Không có gì bị thay đổi.',
    todo: 'Chọn đúng thư mục có tên bắt đầu bằng "CongVan-".',
  },
  BACKUP_DAMAGED: {
    what: 'Bản sao lưu này bị hỏng hoặc thiếu tệp.',
    safe: 'Dữ liệu trên máy này và các bản sao lưu khác không bị ảnh hưởng.',
    todo: 'Sao lưu lại sang một ổ khác; khi khôi phục, chọn bản của ngày khác.',
  },
  KIT_NOT_PROVEN: {
    what: 'Chưa có bộ khóa khôi phục đã gõ thử.',
    safe: 'Chưa ghi gì ra ngoài máy này.',
    todo: 'In bộ khóa khôi phục và gõ thử hai phần, rồi bật sao lưu.',
  },
  KIT_ROW_WRONG: {
    what: 'Một dòng của khóa khôi phục gõ chưa đúng.',
    safe: 'Chưa có gì bị thay đổi.',
    todo: 'So lại dòng được nêu với bản in rồi gõ lại.',
  },
  KIT_MISMATCH: {
    what: 'Hai phần khóa không thuộc cùng một bộ hoặc không mở được dữ liệu này.',
    safe: 'Chưa có gì bị thay đổi.',
    todo: 'Kiểm tra số của bộ khóa in trên hai tờ: một tờ của văn thư, một tờ của lãnh đạo, cùng một bộ.',
  },
  NOT_ENROLLED: {
    what: 'Máy chủ không biết máy này: chưa ghi danh, hoặc máy chủ đã được khôi phục về trước ngày ghi danh.',
    safe: entered,
    todo: 'Xin quản trị một mã ghi danh. Máy đã dùng từ trước thì nhập mã ở màn hình Đồng bộ, việc đang chờ sẽ được gửi tiếp.',
  },
  NOT_SIGNED_IN: { what: 'Chưa có ai mở khóa máy này.', safe: entered, todo: 'Chọn tên và gõ mã PIN.' },
  WRONG_PIN: { what: 'Mã PIN không đúng.', safe: entered, todo: 'Gõ lại mã PIN.' },
  PIN_LOCKED: {
    what: 'Gõ sai mã PIN nhiều lần nên tạm khóa.',
    safe: entered,
    todo: 'Chờ vài phút rồi thử lại, hoặc nhờ quản trị.',
  },
  KEY_STORE_LOCKED: {
    what: 'Kho khóa của hệ điều hành đang khóa.',
    safe: entered,
    todo: 'Mở khóa kho khóa của hệ điều hành rồi thử lại.',
  },
  P12_BAD_PASSWORD: {
    what: 'Mật khẩu của tệp chữ ký không đúng.',
    safe: unchanged,
    todo: 'Gõ lại mật khẩu của tệp chữ ký.',
  },
  P12_UNSUPPORTED_CIPHER: {
    what: 'Tệp chữ ký dùng cách mã hóa chưa hỗ trợ.',
    safe: unchanged,
    todo: 'Xuất lại tệp chữ ký với mã hóa AES-256.',
  },
  P12_DAMAGED: { what: 'Tệp chữ ký bị hỏng.', safe: unchanged, todo: 'Lấy lại tệp chữ ký từ nơi cấp.' },
  P12_NO_KEY: {
    what: 'Tệp này không chứa khóa bí mật.',
    safe: unchanged,
    todo: 'Chọn tệp chữ ký có khóa (.p12, .pfx).',
  },
  P12_NO_CERT: {
    what: 'Tệp chữ ký không chứa chứng thư.',
    safe: unchanged,
    todo: 'Xuất lại tệp chữ ký kèm chứng thư.',
  },
  NO_SIGNING_KEY: {
    what: 'Chưa có chữ ký số để ký.',
    safe: unchanged,
    todo: 'Thêm tệp chữ ký của bạn hoặc của cơ quan.',
  },
  PDF_NOT_PDF: { what: 'Tệp này không phải PDF.', safe: kept, todo: 'Chọn tệp PDF.' },
  PDF_ENCRYPTED: { what: 'PDF có mật khẩu hoặc bị khóa.', safe: kept, todo: 'Dùng bản PDF không khóa.' },
  PDF_XREF_BROKEN: {
    what: 'PDF bị hỏng phần mục lục bên trong.',
    safe: kept,
    todo: 'Xuất lại PDF từ chương trình soạn thảo.',
  },
  PDF_MALFORMED: { what: 'PDF sai cấu trúc.', safe: kept, todo: 'Xuất lại PDF hoặc xin nơi gửi bản khác.' },
  PDF_TOO_COMPLEX: {
    what: 'PDF quá phức tạp để xử lý.',
    safe: kept,
    todo: 'Xuất lại PDF đơn giản hơn hoặc tách tệp.',
  },
  CERTIFIED_NO_CHANGES: {
    what: 'Văn bản đã được ký và không cho thay đổi.',
    safe: unchanged,
    todo: 'Nếu nội dung sai, lập văn bản thay thế hoặc đính chính.',
  },
  CERTIFY_NOT_FIRST: {
    what: 'Văn bản đã có chữ ký khác trước đó.',
    safe: unchanged,
    todo: 'Dùng bản PDF chưa ký để ký từ đầu.',
  },
  FIELD_ALREADY_SIGNED: {
    what: 'Tệp này đã có chữ ký số.',
    safe: unchanged,
    todo: 'Lấy bản chưa ký làm dự thảo, hoặc gửi tệp đã ký làm phụ lục.',
  },
  FIELD_NOT_FOUND: {
    what: 'Không thấy chỗ dành cho chữ ký hoặc số.',
    safe: unchanged,
    todo: 'Đặt lại vị trí ký rồi thử lại.',
  },
  BAD_PAGE: { what: 'Trang được chọn không có trong tệp.', safe: unchanged, todo: 'Chọn lại trang.' },
  CONTENTS_TOO_SMALL: {
    what: 'Chỗ dành cho chữ ký quá nhỏ.',
    safe: unchanged,
    todo: 'Ký lại từ bản chưa ký.',
  },
  SIGNER_MISMATCH: {
    what: 'Chữ ký số không phải của người phải ký.',
    safe: unchanged,
    todo: 'Dùng chữ ký của đúng người ký.',
  },
  PICTURE_NOT_PNG: {
    what: 'Tệp này không phải hình PNG dùng được.',
    safe: pictureKept,
    todo: 'Lưu hình dạng PNG nền trong suốt, không xen kẽ, rồi nhập lại.',
  },
  PICTURE_BROKEN: {
    what: 'Hình hỏng hoặc trong suốt hoàn toàn, không có gì để in.',
    safe: pictureKept,
    todo: 'Lưu lại hình dạng PNG rồi nhập lại.',
  },
  PICTURE_TOO_LARGE: {
    what: 'Hình lớn hơn 2 MB hoặc quá 16 triệu điểm ảnh.',
    safe: pictureKept,
    todo: 'Cắt sát nét và thu nhỏ hình rồi nhập lại.',
  },
  CERT_EXPIRED: {
    what: 'Chứng thư số đã hết hạn.',
    safe: unchanged,
    todo: 'Gia hạn chứng thư hoặc dùng chứng thư khác.',
  },
  CERT_NOT_YET_VALID: {
    what: 'Chứng thư số chưa đến ngày có hiệu lực.',
    safe: unchanged,
    todo: 'Kiểm tra ngày giờ của máy.',
  },
  CERT_WRONG_USAGE: {
    what: 'Chứng thư này không dùng để ký văn bản.',
    safe: unchanged,
    todo: 'Chọn chứng thư ký số.',
  },
  NOT_ALLOWED: {
    what: 'Vai trò của bạn không làm được việc này.',
    safe: unchanged,
    todo: 'Chuyển cho người có thẩm quyền.',
  },
  WRONG_STATE: {
    what: 'Văn bản đã sang bước khác.',
    safe: unchanged,
    todo: 'Xem lại trạng thái rồi làm bước phù hợp.',
  },
  MISSING_FIELD: {
    what: 'Còn ô bắt buộc chưa điền.',
    safe: 'Nội dung đang gõ còn nguyên.',
    todo: 'Điền ô được đánh dấu rồi ghi lại.',
  },
  SECRET_DOCUMENT: {
    what: 'Văn bản mật không được đưa vào chương trình.',
    safe: 'Không có gì của văn bản này được lưu.',
    todo: 'Làm trên giấy theo quy định bảo vệ bí mật nhà nước.',
  },
  BOOK_NOT_HELD: {
    what: 'Máy này không giữ sổ nên chưa cấp số được.',
    safe: 'Nội dung đang gõ còn nguyên.',
    todo: 'Nhận giữ sổ khi có mạng, hoặc làm ở máy đang giữ.',
  },
  BOOK_DATE_BACKWARDS: {
    what: 'Ngày này trước ngày của số vừa cấp.',
    safe: 'Chưa có số nào được cấp.',
    todo: 'Dùng ngày bằng hoặc sau ngày của số trước.',
  },
  BOOK_YEAR_MISMATCH: {
    what: 'Ngày này không thuộc năm của sổ.',
    safe: 'Chưa có số nào được cấp.',
    todo: 'Sửa ngày, hoặc mở sổ của năm đó.',
  },
  NUMBER_TAKEN: {
    what: 'Số này đã được cấp.',
    safe: 'Không có số nào bị trùng.',
    todo: 'Đồng bộ rồi thử lại.',
  },
  NUMBER_CANCELLED: {
    what: 'Văn bản đã được xử lý khác trên máy khác nên không nhận số đã cấp ở máy này.',
    safe: 'Số đã cấp được giữ trong sổ và ghi là đã hủy, không cấp lại cho văn bản khác.',
    todo: 'Ghi hủy số này trong sổ giấy. Nếu văn bản còn cần số, cấp số mới.',
  },
  BOOK_CLOSED: {
    what: 'Sổ của năm này đã khóa.',
    safe: 'Các số trong sổ không bị đổi.',
    todo: 'Cấp số ở sổ của năm đang mở.',
  },
  BOOK_CHAIN_BROKEN: {
    what: 'Số này nối tiếp một số mà sổ trên máy chủ không có: sổ đã được cấp tiếp ở nơi khác.',
    safe: 'Các số trong sổ trên máy chủ không bị đổi; nội dung văn bản còn nguyên.',
    todo: 'Đối chiếu sổ giấy và ghi hủy số này nếu đã viết. Đồng bộ (F9) rồi cấp số mới.',
  },
  UNIT_ENDED: {
    what: 'Đơn vị đã kết thúc hoạt động trước ngày ghi vào sổ.',
    safe: 'Chưa có số nào được cấp; sổ của đơn vị còn nguyên.',
    todo: 'Vào sổ và cấp số ở đơn vị kế thừa. Nếu ghi nhầm ngày, sửa ngày rồi làm lại.',
  },
  BOOK_HAS_GAPS: {
    what: 'Sổ còn số khuyết chưa giải trình nên chưa khóa được.',
    safe: 'Sổ vẫn mở, các số không bị đổi.',
    todo: 'Bổ sung từ sổ giấy hoặc giải trình từng số trong danh sách khuyết số, rồi khóa lại.',
  },
  BOOK_TOKEN_INVALID: {
    what: 'Phiếu này không đúng, đã cũ, hoặc không dành cho máy này.',
    safe: 'Quyền giữ sổ chưa thay đổi.',
    todo: 'Kiểm tra đã chép đủ phiếu. Nếu máy này lâu chưa đồng bộ, đồng bộ một lần rồi làm lại.',
  },
  LAN_UNREACHABLE: {
    what: 'Không gặp được máy giữ sổ tại địa chỉ này.',
    safe: 'Văn bản vẫn chờ số. Nếu máy kia đã kịp cấp số, hỏi lại sẽ nhận đúng số đó.',
    todo: 'Kiểm tra máy giữ sổ đang mở, đã bật cấp số qua mạng nội bộ và địa chỉ ghi đúng như trên màn hình máy đó; hoặc dùng phiếu xin số.',
  },
  LAN_OTHER_MACHINE: {
    what: 'Máy ở địa chỉ này không chứng minh được là máy đang giữ sổ.',
    safe: 'Phiếu xin số chưa được gửi đi.',
    todo: 'Xem lại địa chỉ trên màn hình máy giữ sổ. Nếu sổ mới đổi máy, đồng bộ một lần rồi làm lại.',
  },
  LAN_NOBODY_THERE: {
    what: 'Máy giữ sổ đang bật nhưng chưa có văn thư mở khóa để cấp số.',
    safe: 'Văn bản vẫn chờ số.',
    todo: 'Nhờ văn thư mở khóa máy giữ sổ rồi xin lại.',
  },
  BOOK_UNSENT_WORK: {
    what: 'Máy này còn việc chưa gửi lên máy chủ.',
    safe: 'Sổ chưa thay đổi, việc chờ gửi còn nguyên.',
    todo: 'Đồng bộ (F9) cho hết việc chờ gửi rồi làm lại.',
  },
  BOOK_AWAITS_MACHINES: {
    what: 'Máy chủ mới được khôi phục, còn chờ tin các máy của đơn vị.',
    safe: 'Sổ chưa giao cho ai nên không số nào bị cấp hai lần.',
    todo: 'Đồng bộ (F9) ở từng máy còn thiếu rồi làm lại. Máy đã mất: báo quản trị thu hồi.',
  },
  NUMBER_DATE_OUT_OF_ORDER: {
    what: 'Ngày này không nằm giữa ngày của số trước và số sau.',
    safe: 'Sổ chưa bị thay đổi.',
    todo: 'Xem lại ngày ghi trong sổ giấy.',
  },
  TWO_PEOPLE_NEEDED: {
    what: 'Việc này cần hai người: một văn thư và một lãnh đạo, mỗi người nhập PIN của mình.',
    safe: 'Sổ chưa bị thay đổi.',
    todo: 'Mời đủ hai người cùng xác nhận.',
  },
  CLOCK_AHEAD: {
    what: 'Đồng hồ máy này chạy nhanh hơn máy chủ quá một ngày.',
    safe: 'Chưa có số nào được cấp.',
    todo: 'Chỉnh lại ngày giờ của máy, đồng bộ (F9) rồi cấp số.',
  },
  NUMBERING_UNPROVED: {
    what: 'Máy này vừa được khôi phục nên chưa chắc biết số đã cấp cuối cùng.',
    safe: 'Chưa có số nào được cấp; sổ trên máy chủ nguyên vẹn.',
    todo: 'Nối mạng và đồng bộ (F9) cho xong một lần rồi cấp số. Nếu máy chủ lâu chưa nối được, đối chiếu sổ giấy trước.',
  },
  QUORUM_NOT_MET: {
    what: 'Chưa đủ số người dự theo quy định.',
    safe: 'Danh sách có mặt đã ghi còn nguyên.',
    todo: 'Điểm danh lại hoặc hoãn cuộc họp.',
  },
  NOT_FOUND: { what: 'Không tìm thấy mục này trên máy.', safe: entered, todo: 'Đồng bộ rồi tìm lại.' },
  OFFLINE: {
    what: 'Đang ngoại tuyến.',
    safe: 'Mọi thứ được lưu trên máy và tự gửi khi có mạng.',
    todo: 'Làm tiếp; thử lại việc này khi có mạng.',
  },
  SERVER_UNREACHABLE: {
    what: 'Không liên lạc được máy chủ của tỉnh.',
    safe: 'Mọi thứ được lưu trên máy và tự gửi sau.',
    todo: 'Kiểm tra mạng và địa chỉ máy chủ rồi thử lại.',
  },
  SERVER_REFUSED: {
    what: 'Máy chủ từ chối yêu cầu.',
    safe: entered,
    todo: 'Xem mục Đồng bộ, thẻ Không qua được. Nếu còn, báo quản trị.',
  },
  SERVER_BUSY: {
    what: 'Máy chủ đang bận.',
    safe: 'Mọi thứ được lưu trên máy.',
    todo: 'Máy tự thử lại sau ít phút.',
  },
  SERVER_DISK_FULL: {
    what: 'Ổ đĩa của máy chủ hết chỗ, chưa nhận được.',
    safe: 'Mọi thứ được lưu trên máy này; tệp chưa gửi còn nguyên.',
    todo: 'Báo quản trị tỉnh; máy tự gửi lại khi máy chủ có chỗ.',
  },
  UPDATE_REQUIRED: {
    what: 'Phiên bản chương trình đã cũ so với máy chủ.',
    safe: 'Mọi thứ được lưu trên máy.',
    todo: 'Cập nhật chương trình rồi đồng bộ.',
  },
  DEVICE_REVOKED: {
    what: 'Máy này đã bị thu hồi quyền.',
    safe: 'Dữ liệu trên máy chưa bị xóa.',
    todo: 'Liên hệ quản trị của đơn vị.',
  },
  EPOCH_CHANGED: {
    what: 'Máy chủ đã được khôi phục từ bản sao lưu.',
    safe: 'Máy giữ mọi thứ đã làm và sẽ gửi lại.',
    todo: 'Chờ đồng bộ lại xong.',
  },
  ENROL_CODE_INVALID: {
    what: 'Mã ghi danh không đúng hoặc đã dùng.',
    safe: 'Máy này chưa có gì thay đổi.',
    todo: 'Xin quản trị mã ghi danh mới.',
  },
  HASH_MISMATCH: {
    what: 'Tệp nhận được không khớp với bản gốc.',
    safe: 'Bản không khớp đã bị loại, không được dùng.',
    todo: 'Máy tự tải lại; nếu còn lỗi, báo quản trị.',
  },
  REMOVAL_HELD: {
    what: 'Máy chủ bảo xóa nhiều mục cùng một lúc, có thể do máy chủ bị lỗi.',
    safe: 'Chưa có gì bị xóa trên máy này; phần này tạm không nhận thêm.',
    todo: 'Hỏi quản trị trước. Chỉ đồng ý khi chắc chắn các mục đó phải xóa.',
  },
  CLOCK_OFF: {
    what: 'Đồng hồ máy này lệch với máy chủ quá 5 phút.',
    safe: 'Mọi việc vẫn được ghi trên máy; thứ tự các việc không phụ thuộc đồng hồ.',
    todo: 'Chỉnh lại ngày giờ của máy, để giờ ghi trên văn bản được đúng, rồi đồng bộ (F9).',
  },
  SERVICE_UNREACHABLE: {
    what: 'Không liên lạc được dịch vụ chứng thực trên mạng.',
    safe: unchanged,
    todo: 'Làm tiếp được khi không có mạng; máy thử lại khi có mạng.',
  },
  TSA_UNREACHABLE: {
    what: 'Không liên lạc được máy chủ cấp dấu thời gian.',
    safe: unchanged,
    todo: 'Ký không dấu thời gian (B-B) rồi để máy bổ sung khi có mạng, hoặc kiểm tra địa chỉ máy chủ.',
  },
  TSA_REJECTED: {
    what: 'Máy chủ cấp dấu thời gian từ chối yêu cầu.',
    safe: unchanged,
    todo: 'Kiểm tra địa chỉ và quyền dùng dịch vụ với nơi cung cấp.',
  },
  TSA_BAD_RESPONSE: {
    what: 'Dấu thời gian nhận được không đúng nên không dùng.',
    safe: unchanged,
    todo: 'Thử lại; nếu lặp lại, dùng máy chủ cấp dấu thời gian khác.',
  },
  CERT_REVOKED: {
    what: 'Chứng thư số này đã bị thu hồi.',
    safe: unchanged,
    todo: 'Không dùng chứng thư này nữa; liên hệ nơi cấp để được cấp lại.',
  },
  NO_SIGNATURE: {
    what: 'Tệp không có chữ ký số nào.',
    safe: unchanged,
    todo: 'Chọn tệp đã ký.',
  },
  PDF_FORBIDS_SIGNING: {
    what: 'Người tạo tệp PDF không cho phép ký thêm vào tệp.',
    safe: unchanged,
    todo: 'Xin nơi tạo tệp bản không đặt hạn chế.',
  },
  SIGNING_SESSION_MISMATCH: {
    what: 'Chữ ký trả về không thuộc lần chuẩn bị ký này.',
    safe: unchanged,
    todo: 'Chuẩn bị ký lại từ đầu.',
  },
  TOKEN_DRIVER_FAILED: {
    what: 'Không nạp được trình điều khiển của USB token.',
    safe: unchanged,
    todo: 'Cài trình điều khiển do nơi cấp token đưa, hoặc chọn lại tệp trình điều khiển.',
  },
  TOKEN_NOT_PRESENT: {
    what: 'Không thấy USB token.',
    safe: unchanged,
    todo: 'Cắm token rồi thử lại.',
  },
  TOKEN_REMOVED: {
    what: 'USB token bị rút ra khi đang ký.',
    safe: unchanged,
    todo: 'Cắm lại token rồi ký lại các văn bản còn lại.',
  },
  TOKEN_PIN_WRONG: {
    what: 'Mã PIN của token không đúng.',
    safe: unchanged,
    todo: 'Nhập lại; nhập sai nhiều lần token sẽ bị khóa.',
  },
  TOKEN_PIN_LOCKED: {
    what: 'USB token đã bị khóa vì nhập sai PIN nhiều lần.',
    safe: unchanged,
    todo: 'Liên hệ nơi cấp token để mở khóa.',
  },
  TOKEN_NO_KEY: {
    what: 'Trên token không có khóa bí mật của chứng thư này.',
    safe: unchanged,
    todo: 'Chọn chứng thư khác hoặc cắm đúng token.',
  },
  TOKEN_REFUSED: {
    what: 'USB token không thực hiện được cách ký này.',
    safe: unchanged,
    todo: 'Chọn cách ký khác trong phần thiết lập, hoặc dùng token khác.',
  },
  CLOCK_BEHIND: {
    what: 'Đồng hồ của máy này chạy chậm nên chữ ký sẽ mang thời gian sai.',
    safe: unchanged,
    todo: 'Mở phần ngày giờ của hệ điều hành, chỉnh đúng ngày, giờ và múi giờ, rồi ký lại.',
  },
  SIGNING_SESSION_ENDED: {
    what: 'Lần nhập PIN trước đã hết hiệu lực hoặc không gồm văn bản này.',
    safe: unchanged,
    todo: 'Bấm ký lại và nhập PIN một lần nữa.',
  },
};
