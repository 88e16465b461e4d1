import { heading, makeSample, para, paras, type SampleDocument, signings } from './sample-types';

const digitalPlan = makeSample({
  id: 'tinh-kh-12',
  unit: 'tinh',
  receivers: ['huyen'],
  type: 'Kế hoạch',
  number: 12,
  symbol: 'KH-LĐLĐ',
  date: '2026-01-19',
  subject: 'Chuyển đổi số trong hệ thống công đoàn tỉnh An Bình năm 2026',
  signer: 'tinh-ct',
  drafter: 'tinh-vt',
  bases: [],
  body: [
    para(
      'Để văn bản, hội họp và việc chăm lo đoàn viên được giải quyết nhanh, đúng hạn và có thể kiểm tra lại được, Ban Thường vụ Liên đoàn Lao động tỉnh An Bình ban hành Kế hoạch chuyển đổi số trong hệ thống công đoàn tỉnh năm 2026 như sau:',
    ),
    heading('I. MỤC ĐÍCH, YÊU CẦU'),
    ...paras(
      '1. Đưa toàn bộ khâu tiếp nhận, phân phối, ký và phát hành văn bản không mật của cơ quan Liên đoàn Lao động tỉnh và các công đoàn cấp trên trực tiếp cơ sở lên môi trường số; mỗi văn bản có một người chịu trách nhiệm và một thời hạn.',
      '2. Cách làm phải vừa sức cơ sở: phần mềm chạy được trên máy hiện có, vẫn dùng được khi mất mạng, không bắt công đoàn cơ sở nhập lại số liệu đã có.',
      '3. Văn bản thuộc danh mục bí mật nhà nước tiếp tục xử lý trên giấy theo quy định, không đưa lên bất kỳ hệ thống mạng nào.',
    ),
    heading('II. CHỈ TIÊU ĐẾN HẾT NĂM 2026'),
    ...paras(
      '1. 100% văn bản đi không mật của Liên đoàn Lao động tỉnh và các huyện được ký số cá nhân, ký số cơ quan trước khi phát hành.',
      '2. Trên 90% hồ sơ công việc ở cấp tỉnh, trên 80% ở cấp huyện và trên 60% ở công đoàn cơ sở có từ 100 đoàn viên trở lên được lập và xử lý trên phần mềm.',
      '3. 100% hội nghị Ban Thường vụ, Ban Chấp hành từ cấp huyện trở lên dùng tài liệu điện tử; tài liệu gửi đại biểu trước ít nhất 03 ngày làm việc.',
      '4. 100% báo cáo sơ kết, tổng kết được trình bày kèm hình ảnh hoặc phim ngắn không quá 07 phút.',
      '5. 100% cán bộ văn thư và 80% chủ tịch công đoàn cơ sở qua tập huấn kỹ năng số, có kiểm tra cuối khóa.',
    ),
    heading('III. NHIỆM VỤ TRỌNG TÂM'),
    heading('1. Về văn bản và điều hành'),
    ...paras(
      'a) Quý I: rà soát mẫu văn bản, danh mục hồ sơ, sổ đăng ký; thống nhất ký hiệu và cách đánh số giữa các cấp.',
      'b) Quý II: cấp chứng thư số cho người ký và cho tổ chức; vận hành song song sổ giấy và sổ điện tử trong 60 ngày.',
      'c) Từ quý III: sổ điện tử là sổ chính; bản in sổ được đóng quyển vào cuối năm để lưu trữ.',
    ),
    heading('2. Về họp không giấy tờ'),
    ...paras(
      'a) Mỗi huyện có ít nhất một phòng họp với màn hình chung, đường truyền dự phòng và máy đọc tài liệu cho đại biểu chưa có thiết bị.',
      'b) Việc biểu quyết bằng hình thức giơ tay được thư ký ghi nhận ngay trên phần mềm; bầu cử vẫn bỏ phiếu kín bằng phiếu giấy.',
    ),
    heading('3. Về dữ liệu đoàn viên'),
    para(
      'Đối chiếu danh sách đoàn viên với bảng lương tháng 3 năm 2026 của từng đơn vị; cập nhật đủ số định danh, điện thoại, ngày vào công đoàn trước ngày 30 tháng 6 năm 2026.',
    ),
    heading('IV. TỔ CHỨC THỰC HIỆN'),
    ...paras(
      '1. Văn phòng Liên đoàn Lao động tỉnh làm đầu mối, hằng tháng tổng hợp tiến độ trình Thường trực vào tuần cuối.',
      '2. Liên đoàn Lao động các huyện xây dựng kế hoạch của mình trước ngày 15 tháng 02 năm 2026, bố trí một cán bộ phụ trách và dự toán kinh phí từ nguồn được giao.',
      '3. Phân công chi tiết nêu tại Phụ lục kèm theo. Trong quá trình thực hiện, vướng mắc phản ánh về Văn phòng để xem xét, điều chỉnh.',
    ),
  ],
  signing: signings['tinh-ct'],
  sendTo: [
    { name: 'Tổng Liên đoàn Lao động Việt Nam', tag: 'b/c' },
    { name: 'Thường trực Tỉnh ủy', tag: 'b/c' },
    { name: 'Các đồng chí Ủy viên Ban Thường vụ' },
    { name: 'LĐLĐ các huyện', tag: 't/h' },
    { name: 'Các ban, Văn phòng LĐLĐ tỉnh', tag: 't/h' },
  ],
  archive: 'VP',
  annexes: [
    {
      title: 'Phân công nhiệm vụ chuyển đổi số năm 2026',
      landscape: true,
      blocks: [
        {
          kind: 'table',
          table: {
            columns: [
              { title: 'TT', share: 10, alignment: 'centre' },
              { title: 'Nhiệm vụ', share: 92, alignment: 'left' },
              { title: 'Chỉ đạo', share: 34, alignment: 'left' },
              { title: 'Đơn vị chủ trì', share: 38, alignment: 'left' },
              { title: 'Đơn vị phối hợp', share: 44, alignment: 'left' },
              { title: 'Thời gian', share: 30, alignment: 'centre' },
            ],
            rows: [
              [
                '1',
                'Thống nhất bộ mẫu văn bản, ký hiệu và danh mục hồ sơ dùng chung',
                'Chủ tịch',
                'Văn phòng',
                'Các ban; LĐLĐ các huyện',
                '28/02/2026',
              ],
              [
                '2',
                'Cấp chứng thư số cho 24 người ký và 12 tổ chức; lập sổ theo dõi thiết bị',
                'Chủ tịch',
                'Văn phòng',
                'Ban Tài chính',
                '30/4/2026',
              ],
              [
                '3',
                'Tập huấn văn thư: tiếp nhận, vào sổ, cấp số, ký cơ quan, phát hành (04 lớp)',
                'Phó Chủ tịch',
                'Ban Tổ chức',
                'Văn phòng',
                '15/5/2026',
              ],
              [
                '4',
                'Chạy thử họp không giấy tờ tại 03 huyện, rút kinh nghiệm trước khi mở rộng',
                'Phó Chủ tịch',
                'LĐLĐ huyện Vĩnh Hòa',
                'Văn phòng',
                '30/6/2026',
              ],
              [
                '5',
                'Làm sạch dữ liệu đoàn viên, đối chiếu với bảng lương của đơn vị sử dụng lao động',
                'Phó Chủ tịch',
                'Ban Tổ chức',
                'LĐLĐ các huyện; CĐCS',
                '30/6/2026',
              ],
              [
                '6',
                'Đánh giá an toàn thông tin máy trạm, quy định sao lưu hằng tuần',
                'Chủ tịch',
                'Văn phòng',
                'LĐLĐ các huyện',
                '31/8/2026',
              ],
              [
                '7',
                'Tổng kết, xếp loại thi đua chuyển đổi số các huyện',
                'Ban Thường vụ',
                'Văn phòng',
                'Các ban',
                '10/12/2026',
              ],
            ],
          },
        },
      ],
    },
  ],
});

const electronicDocumentGuide = makeSample({
  id: 'tinh-hd-05',
  unit: 'tinh',
  receivers: ['huyen', 'coso-a', 'coso-b'],
  type: 'Hướng dẫn',
  number: 5,
  symbol: 'HD-LĐLĐ',
  date: '2026-02-03',
  subject: 'Lập, ký số và gửi nhận văn bản điện tử trong các cấp công đoàn tỉnh An Bình',
  signer: 'tinh-ct',
  drafter: 'tinh-vt',
  bases: [
    'Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư',
    'Thực hiện Kế hoạch số 12/KH-LĐLĐ ngày 19 tháng 01 năm 2026 của Ban Thường vụ Liên đoàn Lao động tỉnh An Bình về chuyển đổi số trong hệ thống công đoàn tỉnh An Bình năm 2026',
  ],
  body: [
    para('Liên đoàn Lao động tỉnh hướng dẫn thống nhất việc lập, ký số và gửi nhận văn bản điện tử như sau:'),
    heading('1. Thứ tự ký'),
    ...paras(
      'a) Người có thẩm quyền ký số trước; hình chữ ký màu xanh đặt giữa chức vụ và họ tên.',
      'b) Văn thư cấp số, ghi ngày tháng năm rồi ký số của tổ chức; hình dấu màu đỏ, đúng kích thước thật, trùm khoảng một phần ba hình chữ ký về bên trái.',
      'c) Sau khi ký số của tổ chức, không chỉnh sửa tệp. Phát hiện sai sót thì ban hành văn bản đính chính hoặc thay thế.',
    ),
    heading('2. Gửi và nhận'),
    ...paras(
      'a) Văn bản gửi trong ngày đã ký; văn bản khẩn gửi ngay sau khi ký. Không gửi trùng bản giấy, trừ văn bản cần lưu lâu dài theo danh mục.',
      'b) Nơi nhận kiểm tra chữ ký trước khi vào sổ. Chữ ký không hợp lệ hoặc tệp không mở được thì trả lại nơi gửi, nêu rõ lý do, trong ngày làm việc.',
      'c) Trạng thái đã tiếp nhận, đang xử lý, hoàn thành được phản hồi về nơi gửi; không cần gọi điện xác nhận.',
    ),
    heading('3. Khi mất mạng'),
    para(
      'Văn thư vẫn vào sổ và lập văn bản trên máy của mình; số văn bản chỉ do máy đang giữ sổ cấp. Khi có mạng, phần mềm tự gửi những việc đang chờ theo đúng thứ tự.',
    ),
    heading('4. Bảo quản'),
    para(
      'Cuối mỗi quý, văn thư in sổ đăng ký, trình lãnh đạo ký xác nhận từng trang và sao lưu tệp ra thiết bị cất giữ tại trụ sở.',
    ),
    para('Hướng dẫn này áp dụng từ ngày 01 tháng 3 năm 2026.'),
  ],
  signing: signings['tinh-ct'],
  sendTo: [
    { name: 'Thường trực LĐLĐ tỉnh', tag: 'b/c' },
    { name: 'LĐLĐ các huyện' },
    { name: 'Các CĐCS trực thuộc' },
  ],
  archive: 'VP',
});

const halfYearRequest = makeSample({
  id: 'tinh-cv-118',
  unit: 'tinh',
  receivers: ['huyen'],
  type: 'Công văn',
  number: 118,
  symbol: 'LĐLĐ-VP',
  date: '2026-06-01',
  subject: 'báo cáo kết quả công tác 6 tháng đầu năm 2026',
  urgency: 'urgent',
  signer: 'tinh-ct',
  drafter: 'tinh-vt',
  addressees: ['Liên đoàn Lao động các huyện', 'Các ban, Văn phòng Liên đoàn Lao động tỉnh'],
  bases: [],
  body: paras(
    'Chuẩn bị hội nghị sơ kết 6 tháng đầu năm, Liên đoàn Lao động tỉnh đề nghị các đơn vị báo cáo kết quả công tác theo những nội dung sau:',
    '1. Tình hình việc làm, thu nhập, quan hệ lao động; số vụ ngừng việc tập thể (nếu có), nguyên nhân và cách giải quyết.',
    '2. Kết quả phát triển đoàn viên, thành lập công đoàn cơ sở; số đơn vị đã đối thoại định kỳ và ký thỏa ước lao động tập thể.',
    '3. Tiến độ thực hiện Kế hoạch số 12/KH-LĐLĐ: tỷ lệ văn bản ký số, tỷ lệ hồ sơ xử lý trên phần mềm, số hội nghị không dùng tài liệu giấy.',
    '4. Khó khăn, kiến nghị và nhiệm vụ trọng tâm 6 tháng cuối năm.',
    'Báo cáo không quá 08 trang, ký số và gửi qua phần mềm trước 17 giờ ngày 19 tháng 6 năm 2026. Số liệu tính đến hết ngày 31 tháng 5 năm 2026 và ước thực hiện đến hết tháng 6.',
    'Văn phòng Liên đoàn Lao động tỉnh (đồng chí Trần Thị Hảo) tổng hợp, đôn đốc. Đề nghị các đơn vị thực hiện đúng thời hạn.',
  ),
  signing: signings['tinh-ct'],
  sendTo: [{ name: 'Thường trực LĐLĐ tỉnh', tag: 'b/c' }],
  archive: 'VP',
});

/** Documents issued by the provincial union. */
export const provinceDocuments: readonly SampleDocument[] = [
  digitalPlan,
  electronicDocumentGuide,
  halfYearRequest,
];
