import { article, heading, makeSample, para, paras, type SampleDocument, signings } from './sample-types';

const recognition = makeSample({
  id: 'huyen-qd-21',
  unit: 'huyen',
  receivers: ['coso-a'],
  type: 'Quyết định',
  number: 21,
  symbol: 'QĐ-LĐLĐ',
  date: '2026-03-16',
  subject:
    'Về việc công nhận bổ sung Ủy viên Ban Chấp hành Công đoàn cơ sở Công ty TNHH May Phương Nam, nhiệm kỳ 2023 - 2028',
  signer: 'huyen-ct',
  drafter: 'huyen-cv',
  authority: 'BAN THƯỜNG VỤ LIÊN ĐOÀN LAO ĐỘNG HUYỆN VĨNH HÒA',
  bases: [
    'Căn cứ Luật Công đoàn ngày 27 tháng 11 năm 2024',
    'Căn cứ Điều lệ Công đoàn Việt Nam',
    'Căn cứ Biên bản hội nghị Ban Chấp hành Công đoàn cơ sở Công ty TNHH May Phương Nam ngày 05 tháng 3 năm 2026',
    'Xét Tờ trình số 04/TTr-CĐCS ngày 09 tháng 3 năm 2026 của Công đoàn cơ sở Công ty TNHH May Phương Nam',
  ],
  enacting: 'QUYẾT ĐỊNH:',
  body: [
    article(
      1,
      'Công nhận ông Bùi Văn Sơn, tổ trưởng tổ công đoàn chuyền may 5, giữ chức Ủy viên Ban Chấp hành Công đoàn cơ sở Công ty TNHH May Phương Nam, nhiệm kỳ 2023 - 2028.',
    ),
    article(
      2,
      'Ông Bùi Văn Sơn thực hiện nhiệm vụ, quyền hạn theo Điều lệ Công đoàn Việt Nam và phân công của Ban Chấp hành; được hưởng phụ cấp cán bộ công đoàn theo quy định hiện hành kể từ ngày ký.',
    ),
    article(
      3,
      'Văn phòng Liên đoàn Lao động huyện, Ban Chấp hành Công đoàn cơ sở Công ty TNHH May Phương Nam và ông Bùi Văn Sơn chịu trách nhiệm thi hành Quyết định này.',
    ),
  ],
  signing: signings['huyen-ct'],
  sendTo: [
    { name: 'Như Điều 3' },
    { name: 'LĐLĐ tỉnh An Bình', tag: 'b/c' },
    { name: 'Ban Giám đốc Công ty', tag: 'p/h' },
  ],
});

const conclusions = makeSample({
  id: 'huyen-tb-33',
  unit: 'huyen',
  receivers: ['coso-a', 'coso-b'],
  type: 'Thông báo',
  number: 33,
  symbol: 'TB-LĐLĐ',
  date: '2026-04-24',
  subject: 'Kết luận của đồng chí Chủ tịch tại hội nghị Ban Thường vụ tháng 4 năm 2026',
  signer: 'huyen-pct',
  drafter: 'huyen-cv',
  bases: [],
  body: [
    para(
      'Ngày 23 tháng 4 năm 2026, Ban Thường vụ Liên đoàn Lao động huyện Vĩnh Hòa họp phiên thường kỳ. Sau khi nghe báo cáo và ý kiến của các đồng chí dự họp, đồng chí Phạm Quốc Tuấn, Chủ tịch, kết luận như sau:',
    ),
    heading('1. Về Tháng Công nhân năm 2026'),
    ...paras(
      'a) Thống nhất tổ chức gặp mặt 180 công nhân tiêu biểu vào ngày 09 tháng 5 năm 2026 tại hội trường Trung tâm Văn hóa huyện. Đồng chí Đỗ Thị Mai chỉ đạo; kịch bản trình duyệt trước ngày 29 tháng 4.',
      'b) Mỗi công đoàn cơ sở doanh nghiệp chọn một việc thiết thực về bữa ăn ca hoặc nhà vệ sinh để kiến nghị và theo đến cùng.',
    ),
    heading('2. Về chuyển đổi số'),
    ...paras(
      'a) Ghi nhận kết quả ba tuần chạy song song: 214 văn bản đến, 87 văn bản đi, không lệch sổ. Tiếp tục đến hết ngày 31 tháng 5.',
      'b) Giao đồng chí Vũ Đình Khoa khảo sát đường truyền tại 06 đơn vị làm điểm, báo cáo trước ngày 15 tháng 5 năm 2026.',
    ),
    heading('3. Về tài chính'),
    para(
      'Đôn đốc 09 đơn vị còn nợ kinh phí công đoàn quý I; quá ngày 30 tháng 5 năm 2026 chưa nộp thì gửi văn bản đến cơ quan bảo hiểm xã hội để phối hợp.',
    ),
    para('Thừa lệnh Chủ tịch, thông báo để các đơn vị, cá nhân liên quan biết, thực hiện.'),
  ],
  signing: signings['huyen-pct'],
  sendTo: [
    { name: 'Ủy viên BTV LĐLĐ huyện' },
    { name: 'Các CĐCS trực thuộc' },
    { name: 'Chuyên viên LĐLĐ huyện', tag: 't/h' },
  ],
});

const halfYearReport = makeSample({
  id: 'huyen-bc-47',
  unit: 'huyen',
  receivers: ['tinh'],
  type: 'Báo cáo',
  number: 47,
  symbol: 'BC-LĐLĐ',
  date: '2026-06-18',
  subject: 'Kết quả hoạt động công đoàn 6 tháng đầu năm, nhiệm vụ trọng tâm 6 tháng cuối năm 2026',
  signer: 'huyen-ct',
  drafter: 'huyen-cv',
  addressees: ['Liên đoàn Lao động tỉnh An Bình'],
  bases: [],
  body: [
    para(
      'Thực hiện Công văn số 118/LĐLĐ-VP ngày 01 tháng 6 năm 2026, Liên đoàn Lao động huyện Vĩnh Hòa báo cáo kết quả như sau:',
    ),
    heading('I. TÌNH HÌNH CHUNG'),
    para(
      'Việc làm tại các doanh nghiệp may, chế biến gỗ trên địa bàn ổn định từ tháng 3; thu nhập bình quân 8,7 triệu đồng một tháng, tăng 5,2% so với cùng kỳ. Không xảy ra ngừng việc tập thể. Hai doanh nghiệp chậm lương dưới 10 ngày, công đoàn đã làm việc và được giải quyết.',
    ),
    heading('II. KẾT QUẢ MỘT SỐ CHỈ TIÊU'),
    {
      kind: 'table',
      table: {
        columns: [
          { title: 'TT', share: 10, alignment: 'centre' },
          { title: 'Chỉ tiêu', share: 84, alignment: 'left' },
          { title: 'Kế hoạch năm', share: 28, alignment: 'centre' },
          { title: 'Thực hiện 6 tháng', share: 28, alignment: 'centre' },
          { title: 'Tỷ lệ', share: 20, alignment: 'centre' },
        ],
        rows: [
          ['1', 'Phát triển đoàn viên mới', '600', '348', '58%'],
          ['2', 'Thành lập công đoàn cơ sở', '5', '3', '60%'],
          ['3', 'Đơn vị tổ chức đối thoại định kỳ', '41', '29', '70,7%'],
          ['4', 'Thỏa ước lao động tập thể ký mới, ký lại', '12', '7', '58,3%'],
          ['5', 'Văn bản đi được ký số', '100%', '92,4%', '-'],
          ['6', 'Hồ sơ công việc xử lý trên phần mềm', '80%', '71%', '-'],
          ['7', 'Hội nghị không dùng tài liệu giấy', '100%', '5/6', '83,3%'],
        ],
      },
    },
    heading('III. ĐÁNH GIÁ'),
    ...paras(
      '1. Làm được: văn bản được vào sổ trong ngày; 06 đơn vị làm điểm gửi nhận văn bản qua phần mềm đều đặn; chăm lo 742 lượt đoàn viên với số tiền 518 triệu đồng.',
      '2. Chưa làm được: 14 công đoàn cơ sở chưa cử người phụ trách; một hội nghị phải in tài liệu vì hỏng thiết bị đọc; chữ ký số của ba chủ tịch công đoàn cơ sở cấp chậm.',
      '3. Nguyên nhân: cán bộ kiêm nhiệm, thiếu thời gian; đường truyền ở cụm công nghiệp Phú Lộc chưa ổn định.',
    ),
    heading('IV. NHIỆM VỤ 6 THÁNG CUỐI NĂM VÀ KIẾN NGHỊ'),
    ...paras(
      '1. Hoàn thành cập nhật dữ liệu đoàn viên; mở rộng phần mềm đến thêm 20 đơn vị; kiểm tra 12 công đoàn cơ sở.',
      '2. Đề nghị Liên đoàn Lao động tỉnh hỗ trợ 15 bộ máy quét cho công đoàn cơ sở vùng xa và mở thêm một lớp tập huấn trong tháng 8 năm 2026.',
      'Trên đây là báo cáo của Liên đoàn Lao động huyện Vĩnh Hòa, kính trình Liên đoàn Lao động tỉnh xem xét.',
    ),
  ],
  signing: signings['huyen-ct'],
  sendTo: [{ name: 'Thường trực Huyện ủy', tag: 'b/c' }, { name: 'Ủy viên BCH LĐLĐ huyện' }],
});

const resolution = makeSample({
  id: 'huyen-nq-03',
  unit: 'huyen',
  receivers: ['tinh', 'coso-a', 'coso-b'],
  type: 'Nghị quyết',
  number: 3,
  symbol: 'NQ-BCH',
  date: '2026-07-14',
  subject: 'Hội nghị lần thứ 7 Ban Chấp hành Liên đoàn Lao động huyện Vĩnh Hòa, nhiệm kỳ 2023 - 2028',
  signer: 'huyen-ct',
  drafter: 'huyen-cv',
  authority: 'BAN CHẤP HÀNH LIÊN ĐOÀN LAO ĐỘNG HUYỆN VĨNH HÒA',
  bases: [
    'Căn cứ Điều lệ Công đoàn Việt Nam',
    'Căn cứ Quy chế làm việc của Ban Chấp hành Liên đoàn Lao động huyện Vĩnh Hòa, nhiệm kỳ 2023 - 2028',
    'Căn cứ kết quả thảo luận và biểu quyết tại Hội nghị lần thứ 7 ngày 14 tháng 7 năm 2026',
  ],
  enacting: 'QUYẾT NGHỊ:',
  body: [
    article(
      1,
      'Thông qua Báo cáo kết quả hoạt động công đoàn 6 tháng đầu năm 2026. Giữ nguyên các chỉ tiêu của cả năm; riêng chỉ tiêu hồ sơ công việc xử lý trên phần mềm nâng từ 80% lên 85%.',
    ),
    article(
      2,
      'Giao Ban Thường vụ phân bổ 240 triệu đồng từ nguồn tài chính công đoàn tích lũy để trang bị máy quét, thiết bị ký số cho công đoàn cơ sở khó khăn; báo cáo Ban Chấp hành tại kỳ họp cuối năm.',
    ),
    article(
      3,
      'Từ ngày 01 tháng 8 năm 2026, tài liệu hội nghị của Ban Chấp hành, Ban Thường vụ được gửi và đọc trên phần mềm; thư ký chỉ in biên bản và nghị quyết để ký, lưu.',
    ),
    article(
      4,
      'Ban Thường vụ, các ủy viên Ban Chấp hành, Ủy ban Kiểm tra và các công đoàn cơ sở chịu trách nhiệm thi hành. Nghị quyết có hiệu lực kể từ ngày ký.',
    ),
  ],
  signing: signings['huyen-ct-bch'],
  sendTo: [
    { name: 'Như Điều 4' },
    { name: 'LĐLĐ tỉnh An Bình', tag: 'b/c' },
    { name: 'Ban Thường vụ Huyện ủy', tag: 'b/c' },
  ],
});

/** Decisions, conclusions, reports and resolutions of the district union. */
export const districtDecisions: readonly SampleDocument[] = [
  recognition,
  conclusions,
  halfYearReport,
  resolution,
];
