import type { Person, Role, Unit } from '@shared/schema/people';
import type { SampleUnitId } from './texts/index';

/** PIN of everybody in the sample province. It is no secret: the sample is for trying the program out. */
export const samplePin = '246810';

const unit = (
  id: SampleUnitId,
  level: Unit['level'],
  superior: '' | SampleUnitId,
  name: string,
  place: string,
): Unit => ({
  id,
  unit: id,
  name,
  symbol: level === 'grassroots' ? 'CĐCS' : 'LĐLĐ',
  level,
  superior,
  place,
  collective: level === 'grassroots' ? 'BAN CHẤP HÀNH' : 'BAN THƯỜNG VỤ',
  sealMm: 36,
  validFrom: '',
  validTo: '',
});

/** The units of the fictitious province An Bình. */
export const sampleUnits: readonly Unit[] = [
  unit('tinh', 'province', '', 'Liên đoàn Lao động tỉnh An Bình', 'An Bình'),
  unit('huyen', 'district', 'tinh', 'Liên đoàn Lao động huyện Vĩnh Hòa', 'Vĩnh Hòa'),
  unit('coso-a', 'grassroots', 'huyen', 'Công đoàn cơ sở Công ty TNHH May Phương Nam', 'Vĩnh Hòa'),
  unit('coso-b', 'grassroots', 'huyen', 'Công đoàn cơ sở Trường THPT Vĩnh Hòa 1', 'Vĩnh Hòa'),
];

const person = (
  home: SampleUnitId,
  id: string,
  name: string,
  position: string,
  ...roles: readonly Role[]
): Person => ({ id, unit: home, name, position, roles: [...roles], active: true });

/** The people of the sample province. */
export const samplePeople: readonly Person[] = [
  person('tinh', 'tinh-ct', 'Nguyễn Văn Lập', 'Chủ tịch', 'leader', 'chair'),
  person('tinh', 'tinh-vt', 'Vũ Thị Hòa', 'Văn thư', 'clerk', 'secretary'),
  person('tinh', 'tinh-qt', 'Đặng Hữu Phước', 'Chánh Văn phòng', 'officer', 'admin'),
  person('huyen', 'huyen-ct', 'Phạm Quốc Tuấn', 'Chủ tịch', 'leader', 'chair'),
  person('huyen', 'huyen-pct', 'Đỗ Thị Mai', 'Phó Chủ tịch', 'leader', 'chair'),
  person('huyen', 'huyen-vt', 'Lê Thị Thu Hằng', 'Văn thư', 'clerk', 'secretary'),
  person('huyen', 'huyen-cv', 'Trịnh Công Thành', 'Chuyên viên', 'officer', 'secretary'),
  person('huyen', 'huyen-qt', 'Mai Xuân Bách', 'Cán bộ kỹ thuật', 'admin'),
  person('coso-a', 'coso-a-ct', 'Hoàng Thị Nguyệt', 'Chủ tịch công đoàn cơ sở', 'leader', 'chair'),
  person('coso-a', 'coso-a-tk', 'Bùi Thanh Sơn', 'Ủy viên Ban Chấp hành', 'clerk', 'officer', 'secretary'),
  person('coso-b', 'coso-b-ct', 'Ngô Minh Đức', 'Chủ tịch công đoàn cơ sở', 'leader', 'chair'),
  person('coso-b', 'coso-b-tk', 'Dương Thị Liễu', 'Ủy viên Ban Chấp hành', 'clerk', 'officer', 'secretary'),
];
