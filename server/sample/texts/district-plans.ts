import { heading, makeSample, para, paras, type SampleDocument, signings } from './sample-types';

const workProgramme = makeSample({
  id: 'huyen-ctr-02',
  unit: 'huyen',
  receivers: ['coso-a', 'coso-b'],
  type: 'Chương trình',
  number: 2,
  symbol: 'CTr-LĐLĐ',
  date: '2026-01-26',
  subject: 'Công tác năm 2026 của Ban Chấp hành Liên đoàn Lao động huyện Vĩnh Hòa',
  signer: 'huyen-ct',
  drafter: 'huyen-cv',
  bases: [],
  body: [
    para(
      'Ban Chấp hành Liên đoàn Lao động huyện Vĩnh Hòa xây dựng chương trình công tác năm 2026 với chủ đề "Gần cơ sở hơn, nhanh hơn, rõ trách nhiệm hơn". Các việc chính theo từng quý như sau:',
    ),
    {
      kind: 'table',
      table: {
        columns: [
          { title: 'Quý', share: 13, alignment: 'centre' },
          { title: 'Nội dung công việc', share: 88, alignment: 'left' },
          { title: 'Chủ trì', share: 34, alignment: 'left' },
          { title: 'Sản phẩm', share: 34, alignment: 'left' },
        ],
        rows: [
          [
            'I',
            'Thăm, tặng quà 320 đoàn viên khó khăn dịp Tết; nắm tình hình thưởng Tết tại 41 doanh nghiệp',
            'Phó Chủ tịch',
            'Báo cáo',
          ],
          ['I', 'Ban hành kế hoạch chuyển đổi số; chọn 06 công đoàn cơ sở làm điểm', 'Chủ tịch', 'Kế hoạch'],
          [
            'II',
            'Tháng Công nhân: gặp gỡ, đối thoại với người lao động tại cụm công nghiệp Phú Lộc',
            'Phó Chủ tịch',
            'Biên bản, báo cáo',
          ],
          [
            'II',
            'Sơ kết 6 tháng; hội nghị Ban Chấp hành lần thứ 7 bằng tài liệu điện tử',
            'Chủ tịch',
            'Nghị quyết',
          ],
          [
            'III',
            'Kiểm tra việc chấp hành Điều lệ và tài chính tại 12 công đoàn cơ sở',
            'Ủy ban Kiểm tra',
            'Kết luận',
          ],
          [
            'III',
            'Tập huấn kỹ năng thương lượng, đối thoại cho cán bộ công đoàn doanh nghiệp',
            'Chuyên viên',
            'Danh sách, tài liệu',
          ],
          [
            'IV',
            'Đánh giá, xếp loại công đoàn cơ sở; tổng kết năm, khen thưởng',
            'Ban Thường vụ',
            'Quyết định',
          ],
        ],
      },
    },
    ...paras(
      'Ban Thường vụ họp vào tuần thứ tư hằng tháng; Ban Chấp hành họp định kỳ hai kỳ trong năm và họp đột xuất khi cần. Tài liệu họp gửi trước ba ngày làm việc qua phần mềm.',
      'Các ủy viên Ban Chấp hành căn cứ chương trình này lập kế hoạch cá nhân, hằng quý báo cáo kết quả về Thường trực. Công đoàn cơ sở cụ thể hóa cho phù hợp với đơn vị mình.',
    ),
  ],
  signing: signings['huyen-ct-bch'],
  sendTo: [
    { name: 'LĐLĐ tỉnh An Bình', tag: 'b/c' },
    { name: 'Thường trực Huyện ủy', tag: 'b/c' },
    { name: 'Ủy viên BCH LĐLĐ huyện' },
    { name: 'Các CĐCS trực thuộc' },
  ],
});

const digitalPlan = makeSample({
  id: 'huyen-kh-09',
  unit: 'huyen',
  receivers: ['tinh', 'coso-a', 'coso-b'],
  type: 'Kế hoạch',
  number: 9,
  symbol: 'KH-LĐLĐ',
  date: '2026-02-10',
  subject:
    'Thực hiện chuyển đổi số tại Liên đoàn Lao động huyện Vĩnh Hòa và các công đoàn cơ sở trực thuộc năm 2026',
  signer: 'huyen-ct',
  drafter: 'huyen-cv',
  bases: [],
  body: [
    para(
      'Thực hiện Kế hoạch số 12/KH-LĐLĐ ngày 19 tháng 01 năm 2026 của Ban Thường vụ Liên đoàn Lao động tỉnh An Bình, Ban Thường vụ Liên đoàn Lao động huyện Vĩnh Hòa ban hành Kế hoạch với các nội dung cụ thể sau:',
    ),
    heading('I. HIỆN TRẠNG'),
    para(
      'Toàn huyện có 68 công đoàn cơ sở với 9.412 đoàn viên. Năm 2025, cơ quan Liên đoàn Lao động huyện tiếp nhận 1.236 văn bản đến, ban hành 574 văn bản đi; 31% văn bản đi được ký số. Còn 22 công đoàn cơ sở chưa có máy tính riêng cho công việc công đoàn.',
    ),
    heading('II. CHỈ TIÊU'),
    ...paras(
      '1. Từ ngày 01 tháng 4 năm 2026, mọi văn bản đi không mật của Liên đoàn Lao động huyện được ký số; thời gian từ khi trình đến khi phát hành không quá 02 ngày làm việc.',
      '2. Đến hết năm: trên 80% hồ sơ công việc của cơ quan và trên 60% hồ sơ của công đoàn cơ sở làm điểm được xử lý trên phần mềm.',
      '3. Hội nghị Ban Thường vụ, Ban Chấp hành không in tài liệu; ủy viên nhận tài liệu trước 03 ngày làm việc.',
      '4. Cập nhật đủ thông tin của 100% đoàn viên trước ngày 30 tháng 6 năm 2026.',
    ),
    heading('III. VIỆC PHẢI LÀM'),
    ...paras(
      '1. Tháng 2: kiểm kê máy trạm, máy quét; kết nối 06 đơn vị làm điểm, trong đó có Công đoàn cơ sở Công ty TNHH May Phương Nam và Công đoàn cơ sở Trường THPT Vĩnh Hòa 1.',
      '2. Tháng 3: tập huấn tại chỗ cho văn thư và chủ tịch công đoàn cơ sở làm điểm, mỗi đơn vị một buổi; phát tài liệu hướng dẫn một trang.',
      '3. Tháng 4 đến tháng 5: chạy song song sổ giấy và sổ điện tử; mỗi thứ Sáu đối chiếu số lượng, ghi chênh lệch và nguyên nhân.',
      '4. Tháng 6: tổ chức hội nghị sơ kết bằng tài liệu điện tử, có kịch bản dự phòng khi mất điện, mất mạng.',
      '5. Quý III và quý IV: mở rộng thêm 20 công đoàn cơ sở; hỗ trợ thiết bị cho đơn vị khó khăn từ nguồn tài chính công đoàn tích lũy.',
    ),
    heading('IV. TỔ CHỨC THỰC HIỆN'),
    ...paras(
      '1. Đồng chí Đỗ Thị Mai, Phó Chủ tịch, trực tiếp chỉ đạo; đồng chí Vũ Đình Khoa theo dõi, tổng hợp; đồng chí Lê Thị Thu Hằng quản lý sổ, con dấu và thiết bị ký số của tổ chức.',
      '2. Công đoàn cơ sở làm điểm cử một người phụ trách, gửi danh sách về Liên đoàn Lao động huyện trước ngày 27 tháng 02 năm 2026.',
      '3. Kinh phí dự kiến 186 triệu đồng, chi từ dự toán năm 2026 của Liên đoàn Lao động huyện.',
    ),
  ],
  signing: signings['huyen-ct'],
  sendTo: [
    { name: 'LĐLĐ tỉnh An Bình', tag: 'b/c' },
    { name: 'Ủy viên BTV, BCH LĐLĐ huyện' },
    { name: 'Các CĐCS trực thuộc', tag: 't/h' },
  ],
});

const memberDataLetter = makeSample({
  id: 'huyen-cv-58',
  unit: 'huyen',
  receivers: ['coso-a', 'coso-b'],
  type: 'Công văn',
  number: 58,
  symbol: 'LĐLĐ-TC',
  date: '2026-05-11',
  subject: 'rà soát, cập nhật dữ liệu đoàn viên',
  signer: 'huyen-pct',
  drafter: 'huyen-cv',
  addressees: ['Ban Chấp hành các công đoàn cơ sở trực thuộc'],
  bases: [],
  body: paras(
    'Qua đối chiếu dữ liệu đến ngày 05 tháng 5 năm 2026, toàn huyện còn 1.184 đoàn viên thiếu số định danh hoặc số điện thoại, 96 trường hợp trùng tên và ngày sinh giữa hai đơn vị. Liên đoàn Lao động huyện đề nghị các công đoàn cơ sở:',
    '1. Tải danh sách của đơn vị mình, sửa các dòng được đánh dấu, không lập danh sách mới.',
    '2. Với người đã chuyển đi, ghi ngày chuyển và đơn vị đến; không xóa tên.',
    '3. Hoàn thành trước ngày 12 tháng 6 năm 2026 và báo cáo bằng văn bản số lượng đã sửa, số lượng chưa sửa được, lý do.',
    'Thông tin cá nhân của đoàn viên chỉ dùng cho công tác công đoàn; không gửi qua các nhóm trò chuyện, thư điện tử cá nhân.',
    'Cần hỗ trợ, liên hệ đồng chí Vũ Đình Khoa, chuyên viên Liên đoàn Lao động huyện.',
  ),
  signing: signings['huyen-pct'],
  sendTo: [{ name: 'Thường trực LĐLĐ huyện', tag: 'b/c' }],
  archive: 'TC',
});

/** Plans and letters issued by the district union. */
export const districtPlans: readonly SampleDocument[] = [workProgramme, digitalPlan, memberDataLetter];
