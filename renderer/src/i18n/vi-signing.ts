import type { DocumentProblem, PathReport, SignatureProblem } from '@shared/signing/check/check-report';
import type { PreSignWarningCode } from '@shared/signing/inspection/warning';

/** What a check found, in words of the office, and what to do about it. */
export type ProblemText = { readonly what: string; readonly todo: string };
export type ProblemCode = SignatureProblem | DocumentProblem | PathReport['code'];

const askAgain = 'Trả lại nơi gửi và đề nghị gửi bản ký số nguyên vẹn.';
const askOther = 'Đề nghị nơi gửi ký lại bằng phần mềm ký số đúng chuẩn.';
const technical = 'Đề nghị nơi gửi ký lại; không dùng tệp này làm bản gốc.';

const problems = {
  NO_SIGNATURE_DICTIONARY: { what: 'Ô chữ ký không có nội dung chữ ký.', todo: askAgain },
  SIGNATURE_SHARED_BY_FIELDS: { what: 'Một chữ ký được dùng cho nhiều ô chữ ký.', todo: askAgain },
  NO_BYTE_RANGE: { what: 'Chữ ký không nói nó bảo vệ phần nào của tệp.', todo: askAgain },
  BAD_BYTE_RANGE: { what: 'Phạm vi ký ghi trong tệp không đúng.', todo: askAgain },
  NO_CONTENTS: { what: 'Ô chữ ký trống.', todo: askAgain },
  HOLE_NOT_CONTENTS_ONLY: {
    what: 'Ngoài chữ ký còn nội dung khác nằm ngoài phạm vi được ký.',
    todo: askAgain,
  },
  HOLE_NOT_THIS_CONTENTS: { what: 'Phạm vi ký không khớp với ô chữ ký này.', todo: askAgain },
  HOLE_OUTSIDE_DICTIONARY: { what: 'Phạm vi ký bỏ trống ở chỗ khác ngoài chữ ký.', todo: askAgain },
  DUPLICATE_KEYS: { what: 'Chữ ký có mục ghi hai lần, có thể đọc theo hai cách.', todo: askAgain },
  RANGE_NOT_AT_REVISION_END: { what: 'Chữ ký không bảo vệ trọn phiên bản đã ký.', todo: askAgain },
  SIGNED_REVISION_UNREADABLE: { what: 'Không đọc được phiên bản đã ký của tệp.', todo: askAgain },
  SIGNED_REVISION_DIFFERS: { what: 'Phiên bản đã ký khác với nội dung đang hiển thị.', todo: askAgain },
  PADDING_NOT_ZERO: { what: 'Có dữ liệu lạ chèn sau chữ ký.', todo: askAgain },
  UNSUPPORTED_SUBFILTER: {
    what: 'Kiểu chữ ký này chương trình chưa kiểm tra được.',
    todo: 'Kiểm tra bằng phần mềm của nhà cung cấp chữ ký, hoặc đề nghị nơi gửi ký lại.',
  },
  CMS_MALFORMED: { what: 'Dữ liệu chữ ký bị hỏng.', todo: askAgain },
  SIGNER_INFO_COUNT: { what: 'Trong chữ ký không phải đúng một người ký.', todo: askOther },
  CONTENT_NOT_DETACHED: { what: 'Chữ ký mang theo nội dung riêng, không ký chính tệp này.', todo: askOther },
  NO_SIGNER_CERTIFICATE: { what: 'Chữ ký không kèm chứng thư của người ký.', todo: askOther },
  NO_SIGNED_ATTRIBUTES: { what: 'Chữ ký thiếu các thuộc tính bắt buộc.', todo: askOther },
  CONTENT_TYPE_WRONG: { what: 'Loại nội dung ghi trong chữ ký không đúng.', todo: askOther },
  NO_MESSAGE_DIGEST: { what: 'Chữ ký thiếu mã băm của văn bản.', todo: askOther },
  DIGEST_MISMATCH: { what: 'Văn bản đã bị thay đổi sau khi ký.', todo: askAgain },
  NO_SIGNING_CERTIFICATE_ATTRIBUTE: {
    what: 'Chữ ký không gắn chặt với chứng thư của người ký.',
    todo: askOther,
  },
  SIGNING_CERTIFICATE_MISMATCH: { what: 'Chứng thư kèm theo không phải chứng thư đã ký.', todo: askAgain },
  SIGNATURE_WRONG: { what: 'Chữ ký không khớp với chứng thư.', todo: askAgain },
  ALGORITHM_UNSUPPORTED: {
    what: 'Thuật toán ký này chương trình chưa kiểm tra được.',
    todo: 'Kiểm tra bằng phần mềm của nhà cung cấp chữ ký.',
  },
  WEAK_DIGEST: { what: 'Chữ ký dùng thuật toán băm đã cũ, không còn an toàn.', todo: askOther },
  WEAK_KEY: { what: 'Khóa ký quá ngắn, không còn an toàn.', todo: askOther },
  CERT_NOT_TRUSTED: {
    what: 'Chứng thư không dẫn tới tổ chức chứng thực mà máy này tin cậy.',
    todo: 'Thêm chứng thư gốc đúng ở mục Chữ ký của tôi sau khi đối chiếu vân tay, rồi kiểm tra lại.',
  },
  CERT_PATH_INVALID: { what: 'Chuỗi chứng thư không hợp lệ.', todo: technical },
  CERT_EXPIRED: {
    what: 'Chứng thư đã hết hạn.',
    todo: 'Hỏi nơi gửi ngày ký; nếu ký khi chứng thư đã hết hạn thì đề nghị ký lại.',
  },
  CERT_NOT_YET_VALID: {
    what: 'Chứng thư chưa đến ngày có hiệu lực.',
    todo: 'Kiểm tra ngày giờ của máy này, rồi kiểm tra lại.',
  },
  REVOCATION_UNKNOWN: {
    what: 'Chưa kiểm tra được chứng thư có bị thu hồi hay không.',
    todo: 'Bấm Kiểm tra trên mạng, hoặc nhập danh sách thu hồi mới ở mục Chữ ký của tôi, rồi kiểm tra lại.',
  },
  CHANGED_AFTER_SIGNING: { what: 'Tệp có thay đổi không được phép sau khi ký.', todo: askAgain },
  CHANGES_NOT_ANALYSED: {
    what: 'Có thay đổi sau khi ký mà chương trình chưa phân tích được.',
    todo: 'So với bản do nơi gửi lưu, hoặc đề nghị gửi lại.',
  },
  NOT_PDF: {
    what: 'Tệp không phải PDF nên không có chữ ký để kiểm tra.',
    todo: 'Đề nghị nơi gửi gửi tệp PDF đã ký.',
  },
  DAMAGED_SIGNED_FILE: { what: 'Tệp PDF đã ký bị hỏng.', todo: askAgain },
  UNREADABLE: { what: 'Không đọc được cấu trúc của tệp PDF.', todo: askAgain },
  ENCRYPTED: {
    what: 'Tệp PDF đặt mật khẩu nên không kiểm tra được.',
    todo: 'Đề nghị nơi gửi gửi bản không đặt mật khẩu.',
  },
  SIGNATURE_NOT_REACHABLE: { what: 'Tệp có chữ ký nằm ngoài các ô chữ ký của văn bản.', todo: technical },
  BYTES_BEFORE_HEADER: { what: 'Có dữ liệu lạ ở đầu tệp.', todo: technical },
  OK: { what: 'Chuỗi chứng thư đầy đủ.', todo: 'Không cần làm gì.' },
  NO_PATH_TO_ANCHOR: {
    what: 'Không tìm được đường từ chứng thư tới tổ chức chứng thực tin cậy.',
    todo: 'Thêm chứng thư gốc đúng ở mục Chữ ký của tôi sau khi đối chiếu vân tay, rồi kiểm tra lại.',
  },
  NOT_YET_VALID: {
    what: 'Một chứng thư trong chuỗi chưa đến ngày có hiệu lực.',
    todo: 'Kiểm tra ngày giờ của máy này, rồi kiểm tra lại.',
  },
  EXPIRED: {
    what: 'Một chứng thư trong chuỗi đã hết hạn.',
    todo: 'Hỏi nơi gửi ngày ký; nếu ký khi chứng thư đã hết hạn thì đề nghị ký lại.',
  },
  NOT_A_CA: { what: 'Một chứng thư trong chuỗi không được quyền cấp chứng thư khác.', todo: technical },
  CA_KEY_USAGE: { what: 'Chứng thư của tổ chức chứng thực không dùng để cấp chứng thư.', todo: technical },
  PATH_LENGTH: { what: 'Chuỗi chứng thư dài hơn mức được phép.', todo: technical },
  WRONG_KEY_USAGE: { what: 'Chứng thư của người ký không dùng để ký văn bản.', todo: askOther },
  UNKNOWN_CRITICAL_EXTENSION: {
    what: 'Chứng thư có điều kiện bắt buộc mà chương trình chưa hiểu.',
    todo: 'Kiểm tra bằng phần mềm của nhà cung cấp chữ ký.',
  },
  CERT_REVOKED: {
    what: 'Chứng thư đã bị thu hồi trước lúc ký.',
    todo: 'Không dùng văn bản này; đề nghị nơi gửi ký lại bằng chứng thư khác.',
  },
  TIMESTAMP_WRONG: {
    what: 'Dấu thời gian không thuộc chữ ký này hoặc bị hỏng.',
    todo: 'Không dựa vào dấu thời gian này; hỏi nơi gửi ngày ký.',
  },
  TIMESTAMP_NOT_TRUSTED: {
    what: 'Chưa dùng được dấu thời gian: nơi cấp chưa có trong danh sách tin cậy, hoặc chưa rõ chứng thư của họ có bị thu hồi.',
    todo: 'Thêm chứng thư gốc và danh sách thu hồi của nơi cấp dấu thời gian, rồi kiểm tra lại.',
  },
  SIGNED_IN_THE_FUTURE: {
    what: 'Thời điểm ký ghi trong văn bản muộn hơn lúc này.',
    todo: 'Kiểm tra ngày giờ của máy này và hỏi nơi gửi.',
  },
  CONTENT_COVERED_AFTER_SIGNING: {
    what: 'Một chữ ký thêm sau che lên nội dung đã ký.',
    todo: 'Mở bản đã ký để xem nội dung bị che, rồi hỏi nơi gửi.',
  },
  WRONG_EXTENDED_KEY_USAGE: {
    what: 'Chứng thư không được cấp cho mục đích này.',
    todo: 'Đề nghị nơi gửi ký lại bằng chứng thư đúng mục đích.',
  },
  NAME_NOT_PERMITTED: {
    what: 'Tên trên chứng thư nằm ngoài phạm vi mà tổ chức chứng thực được cấp.',
    todo: 'Kiểm tra bằng phần mềm của nhà cung cấp chữ ký.',
  },
  POLICY_NOT_PERMITTED: {
    what: 'Chính sách của chứng thư không được chấp nhận.',
    todo: 'Kiểm tra bằng phần mềm của nhà cung cấp chữ ký.',
  },
  WEAK_ALGORITHM: {
    what: 'Chuỗi chứng thư dùng thuật toán đã cũ, không còn an toàn.',
    todo: 'Đề nghị nơi gửi ký lại bằng chứng thư mới.',
  },
  TOO_COMPLEX: {
    what: 'Chuỗi chứng thư quá phức tạp để kiểm tra.',
    todo: 'Kiểm tra bằng phần mềm của nhà cung cấp chữ ký.',
  },
} satisfies Record<ProblemCode, ProblemText>;

/** Keys, trust and the report of a signature check. */
export const viSigning = {
  title: 'Chữ ký của tôi',
  intro: 'Chứng thư để ký trên máy này và các tổ chức chứng thực mà máy này tin cậy.',
  keys: {
    title: 'Chứng thư ký số',
    list: 'Danh sách chứng thư',
    empty: 'Chưa có chứng thư nào trên máy này.',
    emptyHint:
      'Nhập tệp .p12 hoặc .pfx do tổ chức chứng thực cấp. Mật khẩu hỏi ở cửa sổ riêng và không được lưu.',
    importPerson: 'Nhập chứng thư cá nhân',
    importOrgan: 'Nhập chứng thư cơ quan',
    importing: 'Đang nhập chứng thư…',
    imported: (subject: string) => `Đã nhập chứng thư ${subject}`,
    person: 'Cá nhân',
    organ: 'Cơ quan',
    owner: 'Dùng cho',
    holder: 'Người giữ',
    subject: 'Chủ thể',
    issuer: 'Nơi cấp',
    notAfter: 'Hết hạn',
    mine: 'của tôi',
    organOnlyClerk: 'Chứng thư cơ quan do văn thư giữ.',
  },
  pictures: {
    title: 'Hình chữ ký và con dấu',
    intro: 'Hình PNG nền trong suốt, tối đa 2 MB. Xem ở cỡ in thật; lề trong suốt quanh hình được bỏ khi in.',
    names: { person: 'Hình chữ ký', organ: 'Hình con dấu' },
    import: { person: 'Nhập hình chữ ký', organ: 'Nhập hình con dấu' },
    remove: { person: 'Xóa hình chữ ký', organ: 'Xóa hình con dấu' },
    imported: { person: 'Đã nhập hình chữ ký', organ: 'Đã nhập hình con dấu' },
    removed: { person: 'Đã xóa hình chữ ký', organ: 'Đã xóa hình con dấu' },
    place: {
      person: 'Màu xanh, đặt giữa chức vụ và họ tên người ký.',
      organ: (mm: number) => `Màu đỏ, đường kính ${mm} mm, trùm 1/3 bên trái chữ ký.`,
    },
    none: 'Chưa có hình',
    instead: {
      person: 'Khi chưa có hình, chữ ký hiện họ tên người ký bằng chữ nghiêng màu xanh.',
      organ: 'Khi chưa có hình, chương trình vẽ con dấu tròn màu đỏ mang tên cơ quan.',
    },
    opaque: 'Nền hình không trong suốt: sẽ che chữ bên dưới.',
    opaqueTodo: 'Xóa nền, cắt sát nét, lưu lại dạng PNG nền trong suốt rồi nhập lại.',
    organOnlyClerk: 'Hình con dấu do văn thư giữ.',
  },
  expiry: {
    valid: (day: string) => `Còn hạn đến ${day}`,
    soon: (days: number) => `Còn ${days} ngày`,
    today: 'Hết hạn hôm nay',
    expired: (day: string) => `Đã hết hạn ${day}`,
    unknown: 'Không rõ hạn',
    warning: (subject: string, days: number) => `Chứng thư ${subject} còn ${days} ngày.`,
    warningToday: (subject: string) => `Chứng thư ${subject} hết hạn trong hôm nay.`,
    warningExpired: (subject: string) => `Chứng thư ${subject} đã hết hạn, không ký được nữa.`,
    safe: 'Các văn bản đã ký vẫn còn giá trị.',
    todo: 'Xin cấp chứng thư mới rồi nhập tệp .p12 mới ở đây.',
  },
  anchors: {
    title: 'Tổ chức chứng thực tin cậy',
    list: 'Danh sách chứng thư gốc',
    empty: 'Chưa tin cậy tổ chức chứng thực nào.',
    emptyHint: 'Thiếu chứng thư gốc, chữ ký đúng cũng chỉ được kết luận Chưa đủ căn cứ.',
    import: 'Nhập chứng thư gốc',
    imported: (subject: string) => `Đã tin cậy ${subject}`,
    compare: 'Chỉ nhập tệp lấy từ nguồn chính thức và đối chiếu vân tay bên dưới trước khi dùng.',
    subject: 'Tổ chức chứng thực',
    fingerprint: 'Vân tay SHA-256',
    notAfter: 'Hết hạn',
  },
  /** What a document hides or covers, told before it is signed. */
  warnings: {
    JAVASCRIPT: {
      what: 'Văn bản có chứa mã lệnh JavaScript.',
      todo: 'Xuất lại PDF từ bản gốc, không kèm mã lệnh, rồi mới ký.',
    },
    OPEN_ACTION: {
      what: 'Văn bản tự làm một việc khi được mở.',
      todo: 'Xuất lại PDF từ bản gốc, rồi mới ký.',
    },
    ADDITIONAL_ACTIONS: {
      what: 'Văn bản có việc tự chạy khi mở trang, bấm hoặc nhập.',
      todo: 'Xuất lại PDF từ bản gốc, rồi mới ký.',
    },
    LAUNCH_ACTION: {
      what: 'Văn bản có liên kết mở chương trình hoặc tệp khác trên máy.',
      todo: 'Không ký; xuất lại PDF từ bản gốc.',
    },
    URI_ACTION: {
      what: 'Văn bản có liên kết ra trang mạng.',
      todo: 'Nội dung trang mạng có thể đổi và không được ký; bỏ liên kết nếu không cần.',
    },
    SUBMIT_FORM_ACTION: {
      what: 'Văn bản có nút gửi dữ liệu ra ngoài.',
      todo: 'Xuất lại PDF từ bản gốc, rồi mới ký.',
    },
    OTHER_ACTION: {
      what: 'Văn bản có liên kết sang tệp khác hoặc phát nội dung ngoài.',
      todo: 'Xuất lại PDF từ bản gốc, rồi mới ký.',
    },
    EMBEDDED_FILES: {
      what: 'Trong văn bản có tệp đính kèm; ký là ký cả tệp đó.',
      todo: 'Mở từng tệp đính kèm để xem, hoặc bỏ ra trước khi ký.',
    },
    HIDDEN_CONTENT: {
      what: 'Văn bản có nội dung đang bị ẩn.',
      todo: 'Không ký nội dung chưa thấy; xuất lại PDF từ bản gốc.',
    },
    OVERLAPPING_CONTENT: {
      what: 'Có nội dung che lên nội dung khác.',
      todo: 'Xem kỹ chỗ được đánh dấu; xuất lại PDF nếu chữ bị che.',
    },
    FIELDS_WITH_VALUES: {
      what: 'Văn bản có ô biểu mẫu đã điền sẵn.',
      todo: 'Đọc từng ô; xuất lại PDF ở dạng in nếu không cần biểu mẫu.',
    },
    XFA: {
      what: 'Văn bản có biểu mẫu XFA, mỗi phần mềm hiển thị một khác.',
      todo: 'In lại ra PDF thường, rồi mới ký.',
    },
    EXTERNAL_STREAMS: {
      what: 'Một phần nội dung nằm ngoài tệp, chữ ký không bảo vệ được.',
      todo: 'Không ký; xuất lại PDF từ bản gốc.',
    },
    FONT_NOT_EMBEDDED: {
      what: 'Phông chữ không nằm trong tệp: máy khác có thể hiện chữ khác.',
      todo: 'Xuất lại PDF với phông chữ được nhúng.',
    },
    NOT_FULLY_INSPECTED: {
      what: 'Chưa xem xét được hết văn bản này.',
      todo: 'Đọc kỹ từng trang trước khi ký, hoặc xuất lại PDF từ bản gốc.',
    },
  } satisfies Record<PreSignWarningCode, ProblemText>,
  report: {
    title: 'Kiểm tra chữ ký',
    check: 'Kiểm tra chữ ký',
    again: 'Kiểm tra lại',
    checking: 'Đang kiểm tra chữ ký…',
    notHere: 'Tệp chưa có trên máy này nên chưa kiểm tra được chữ ký.',
    verdicts: {
      valid: 'Hợp lệ',
      indeterminate: 'Chưa đủ căn cứ',
      invalid: 'Không hợp lệ',
      unsigned: 'Chưa ký số',
    },
    meanings: {
      valid: 'Mọi chữ ký đúng, nội dung còn nguyên và chứng thư đáng tin cậy.',
      indeterminate: 'Không thấy dấu hiệu sửa đổi, nhưng thiếu căn cứ để kết luận.',
      invalid: 'Có chữ ký sai hoặc nội dung đã bị thay đổi. Không dùng tệp này.',
      unsigned: 'Tệp này không có chữ ký số nào.',
    },
    signature: (index: number, count: number) => `Chữ ký ${index}/${count}`,
    signer: 'Người ký',
    organisation: 'Đơn vị',
    unknownSigner: 'Không đọc được tên người ký',
    claimedTime: 'Thời gian ghi trong chữ ký',
    noTime: 'không ghi',
    coverage: 'Phạm vi ký',
    changesAfter: 'Thay đổi sau ký',
    issuer: 'Nơi cấp chứng thư',
    validity: 'Hiệu lực chứng thư',
    period: (from: string, to: string) => `${from} – ${to}`,
    integrityLabel: 'Toàn vẹn',
    technical: 'Chi tiết kỹ thuật',
    field: 'Ô chữ ký',
    code: 'Mã',
    todo: 'Cần làm:',
    unknownProblem: 'Chữ ký có vấn đề chưa có lời giải thích.',
    unknownTodo: 'Gửi mã này cho người hỗ trợ.',
    integrity: {
      ok: 'Nội dung còn nguyên từ lúc ký',
      broken: 'Nội dung không còn nguyên',
      malformed: 'Dữ liệu chữ ký hỏng',
      unsupported: 'Kiểu chữ ký chưa kiểm tra được',
    },
    coverages: {
      'whole-file': 'Toàn bộ tệp',
      'earlier-revision': 'Phiên bản trước của tệp',
      none: 'Không xác định được',
    },
    changes: {
      none: 'Không có',
      lta: 'Chỉ thêm dấu thời gian, dữ liệu kiểm tra lâu dài',
      annotations: 'Chỉ thêm ghi chú được phép',
      'form-fill': 'Chỉ điền ô cho phép (số, ngày)',
      signatures: 'Chỉ thêm chữ ký',
      disallowed: 'Có thay đổi không được phép',
      'not-analysed': 'Chưa phân tích được',
    },
    problems,
  },
} as const;
