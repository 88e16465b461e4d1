import path from 'node:path';
import type { Locator } from '@playwright/test';
import type { Province } from './province';
import type { Workstation } from './workstation';

/** Imports the personal key of whoever is signed in, the organisation's key, or the trial root, on "Chữ ký của tôi". */
export async function importKey(
  workstation: Workstation,
  province: Province,
  id: string,
  as: 'person' | 'organ',
): Promise<void> {
  const label = as === 'person' ? 'Nhập chứng thư cá nhân' : 'Nhập chứng thư cơ quan';
  await workstation.goTo('Chữ ký của tôi');
  const file = path.join(province.certificates(), `${id}.p12`);
  await workstation.withKeyPassword(() =>
    workstation.page.locator(`[data-file-for="${label}"]`).setInputFiles(file),
  );
  await workstation.page
    .getByText(/Đã nhập chứng thư/)
    .first()
    .waitFor();
}

/** Imports the picture of whoever is signed in, or of the unit's seal, on "Chữ ký của tôi"; gives its card. */
export async function importPicture(
  workstation: Workstation,
  file: string,
  as: 'person' | 'organ',
): Promise<Locator> {
  const name = as === 'person' ? 'Hình chữ ký' : 'Hình con dấu';
  await workstation.goTo('Chữ ký của tôi');
  const card = workstation.page.getByRole('region', { name, exact: true });
  await card.locator(`[data-file-for="Nhập ${name.toLocaleLowerCase('vi')}"]`).setInputFiles(file);
  await card.getByRole('img', { name }).or(card.getByRole('alert')).first().waitFor();
  return card;
}

export async function trustTrialRoot(workstation: Workstation, province: Province): Promise<void> {
  await workstation.goTo('Chữ ký của tôi');
  const file = path.join(province.certificates(), 'root.pem');
  await workstation.page.locator('[data-file-for="Nhập chứng thư gốc"]').setInputFiles(file);
  await workstation.page
    .getByText(/Đã tin cậy/)
    .first()
    .waitFor();
}
