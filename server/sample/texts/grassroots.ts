import { heading, makeSample, para, paras, type SampleDocument, signings } from './sample-types';

const proposal = makeSample({
  id: 'coso-a-ttr-04',
  unit: 'coso-a',
  receivers: ['huyen'],
  type: 'Tờ trình',
  number: 4,
  symbol: 'TTr-CĐCS',
  date: '2026-03-09',
  subject: 'Về việc đề nghị công nhận bổ sung Ủy viên Ban Chấp hành công đoàn cơ sở, nhiệm kỳ 2023 - 2028',
  signer: 'coso-a-ct',
  drafter: 'coso-a-tk',
  addressees: ['Ban Thường vụ Liên đoàn Lao động huyện Vĩnh Hòa'],
  bases: [],
  body: paras(
    'Ban Chấp hành Công đoàn cơ sở Công ty TNHH May Phương Nam, nhiệm kỳ 2023 - 2028, được Đại hội bầu 09 ủy viên; đến nay khuyết 01 ủy viên do chuyển công tác từ tháng 01 năm 2026.',
    'Ngày 05 tháng 3 năm 2026, Ban Chấp hành đã họp, có mặt 08/08 ủy viên, giới thiệu và bầu bổ sung bằng bỏ phiếu kín. Kết quả: số phiếu phát ra 08, thu về 08, hợp lệ 08; ông Bùi Văn Sơn, tổ trưởng tổ công đoàn chuyền may 5, đạt 08/08 phiếu, bằng 100%.',
    'Công đoàn cơ sở kính trình Ban Thường vụ Liên đoàn Lao động huyện xem xét, công nhận ông Bùi Văn Sơn giữ chức Ủy viên Ban Chấp hành.',
    'Hồ sơ kèm theo gồm: biên bản hội nghị, biên bản kiểm phiếu, sơ yếu lý lịch của người được bầu.',
  ),
  signing: signings['coso-a-ct'],
  sendTo: [{ name: 'Chi bộ Công ty', tag: 'b/c' }],
});

const dialoguePlan = makeSample({
  id: 'coso-a-kh-07',
  unit: 'coso-a',
  receivers: ['huyen'],
  type: 'Kế hoạch',
  number: 7,
  symbol: 'KH-CĐCS',
  date: '2026-08-03',
  subject: 'Tổ chức đối thoại định kỳ tại nơi làm việc quý III năm 2026',
  signer: 'coso-a-ct',
  drafter: 'coso-a-tk',
  bases: [],
  body: [
    para(
      'Sau khi thống nhất với Ban Giám đốc Công ty, Ban Chấp hành Công đoàn cơ sở Công ty TNHH May Phương Nam tổ chức đối thoại định kỳ quý III như sau:',
    ),
    heading('1. Thời gian, địa điểm, thành phần'),
    ...paras(
      'a) 14 giờ 00 phút ngày 20 tháng 8 năm 2026, tại phòng họp số 2, nhà điều hành.',
      'b) Bên người lao động: Ban Chấp hành công đoàn cơ sở và 12 đại diện các chuyền; bên người sử dụng lao động: Giám đốc, trưởng phòng nhân sự, trưởng phòng kỹ thuật, kế toán trưởng.',
    ),
    heading('2. Nội dung đề nghị đối thoại'),
    ...paras(
      'a) Chất lượng bữa ăn ca sau khi đổi đơn vị cung cấp; đề nghị mức tối thiểu 26.000 đồng một suất.',
      'b) Quạt hút và nhiệt độ tại chuyền 3, chuyền 5 trong giờ cao điểm nắng nóng.',
      'c) Cách tính thưởng năng suất tháng; công khai bảng tính trước ngày 05 hằng tháng.',
      'd) Nhà trẻ cho con công nhân: khảo sát nhu cầu của 214 lao động nữ có con dưới 36 tháng tuổi.',
    ),
    heading('3. Phân công'),
    ...paras(
      'a) Bà Hoàng Thị Nguyệt chủ trì phía người lao động; ông Bùi Văn Sơn tổng hợp ý kiến, ghi biên bản.',
      'b) Tổ trưởng công đoàn các chuyền lấy ý kiến bằng phiếu, gửi về trước ngày 12 tháng 8 năm 2026.',
      'c) Kết quả đối thoại niêm yết tại bảng tin và gửi Liên đoàn Lao động huyện trong 03 ngày làm việc.',
    ),
  ],
  signing: signings['coso-a-ct'],
  sendTo: [
    { name: 'LĐLĐ huyện Vĩnh Hòa', tag: 'b/c' },
    { name: 'Ban Giám đốc Công ty', tag: 'p/h' },
    { name: 'Các tổ công đoàn', tag: 't/h' },
  ],
});

const workersMonthReport = makeSample({
  id: 'coso-b-bc-06',
  unit: 'coso-b',
  receivers: ['huyen'],
  type: 'Báo cáo',
  number: 6,
  symbol: 'BC-CĐCS',
  date: '2026-05-29',
  subject: 'Kết quả hoạt động Tháng Công nhân và cập nhật dữ liệu đoàn viên',
  signer: 'coso-b-ct',
  drafter: 'coso-b-ct',
  addressees: ['Liên đoàn Lao động huyện Vĩnh Hòa'],
  bases: [],
  body: [
    para('Công đoàn cơ sở Trường THPT Vĩnh Hòa 1 (63 đoàn viên, 05 tổ công đoàn) báo cáo kết quả như sau:'),
    heading('1. Hoạt động Tháng Công nhân'),
    ...paras(
      'a) Giao lưu bóng chuyền với công nhân Công ty TNHH May Phương Nam, 96 người tham gia.',
      'b) Thăm 04 gia đình đoàn viên có người ốm đau dài ngày, mỗi suất 1.000.000 đồng; trao 02 suất học bổng cho con đoàn viên.',
      'c) Đối thoại giữa Ban Giám hiệu và nhà giáo, người lao động: 11 ý kiến, đã trả lời tại chỗ 09 ý kiến, hẹn trả lời 02 ý kiến trước ngày 15 tháng 6.',
    ),
    heading('2. Dữ liệu đoàn viên'),
    ...paras(
      'a) Đã sửa 17/17 dòng được đánh dấu; 63/63 đoàn viên có đủ số định danh, điện thoại.',
      'b) 01 đoàn viên chuyển đến từ ngày 01 tháng 4 năm 2026 đã ghi đơn vị cũ.',
    ),
    heading('3. Kiến nghị'),
    para(
      'Đề nghị Liên đoàn Lao động huyện cấp thêm 01 tài khoản cho phó chủ tịch công đoàn cơ sở để thay khi chủ tịch đi công tác.',
    ),
  ],
  signing: signings['coso-b-ct'],
  sendTo: [{ name: 'Chi bộ, Ban Giám hiệu', tag: 'b/c' }],
});

/** Documents issued by the two grassroots unions. */
export const grassrootsDocuments: readonly SampleDocument[] = [proposal, dialoguePlan, workersMonthReport];
