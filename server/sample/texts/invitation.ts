import type { Invitation } from '@shared/print/index';
import { type SampleUnitId, signings } from './sample-types';

/** The invitation to the meeting that the sample province holds, as input for `typesetInvitation`. */
export const sampleInvitation: {
  readonly id: string;
  readonly unit: SampleUnitId;
  readonly receivers: readonly SampleUnitId[];
  readonly type: string;
  readonly signer: string;
  readonly invitation: Invitation;
} = {
  id: 'huyen-gm-61',
  unit: 'huyen',
  receivers: ['coso-a', 'coso-b'],
  type: 'Giấy mời',
  signer: 'huyen-ct',
  invitation: {
    superior: 'LIÊN ĐOÀN LAO ĐỘNG\nTỈNH AN BÌNH',
    issuer: 'LIÊN ĐOÀN LAO ĐỘNG\nHUYỆN VĨNH HÒA',
    number: 61,
    symbol: 'GM-LĐLĐ',
    place: 'Vĩnh Hòa',
    date: '2026-07-06',
    year: 2026,
    urgency: 'normal',
    subject: 'Dự Hội nghị lần thứ 7 Ban Chấp hành Liên đoàn Lao động huyện Vĩnh Hòa',
    inviter: 'Liên đoàn Lao động huyện Vĩnh Hòa',
    invited:
      'các đồng chí Ủy viên Ban Chấp hành, Ủy viên Ủy ban Kiểm tra; Chủ tịch các công đoàn cơ sở làm điểm chuyển đổi số.',
    meeting: 'Hội nghị lần thứ 7 Ban Chấp hành Liên đoàn Lao động huyện, nhiệm kỳ 2023 - 2028.',
    chair: 'đồng chí Phạm Quốc Tuấn, Chủ tịch Liên đoàn Lao động huyện.',
    startsAt: '2026-07-14T08:00:00+07:00',
    venue: 'phòng họp tầng 2, trụ sở Liên đoàn Lao động huyện, số 15 đường Trần Phú, thị trấn Vĩnh Hòa.',
    agenda: [
      'Báo cáo kết quả hoạt động 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2026',
      'Báo cáo tiến độ chuyển đổi số và phương án trang bị thiết bị cho cơ sở',
      'Thảo luận, biểu quyết thông qua Nghị quyết',
    ],
    remarks: [
      'Tài liệu được gửi trên phần mềm trước ngày 10 tháng 7 năm 2026; đề nghị các đồng chí tải về máy, mang theo thiết bị đọc. Đồng chí nào vắng mặt xin báo lý do về Văn phòng (đồng chí Lê Thị Thu Hằng) trước ngày 13 tháng 7 năm 2026.',
    ],
    signing: signings['huyen-ct'],
    receivers: [{ name: 'Như thành phần mời' }, { name: 'LĐLĐ tỉnh An Bình', tag: 'b/c' }],
    archive: '',
  },
};
