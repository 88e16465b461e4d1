import { pick } from './fields';
import type { Workstation } from './workstation';

export type MeetingPlan = {
  readonly title: string;
  readonly place: string;
  readonly agenda: readonly string[];
  /** Paths of the papers; a number at the start of a file's name says which item it belongs to. */
  readonly papers: readonly string[];
  /** A delegate of another unit of the province. */
  readonly delegate: { readonly name: string; readonly position: string; readonly unit: string };
};

export type Hands = { readonly agree: number; readonly disagree: number; readonly other: number };

/** Creates a meeting and fills agenda, papers and participants (Cuộc họp > Chuẩn bị). */
export async function prepareMeeting(workstation: Workstation, plan: MeetingPlan): Promise<void> {
  const { page } = workstation;
  await workstation.goTo('Cuộc họp');
  await page.getByRole('button', { name: 'Tạo cuộc họp' }).first().click();
  await page.getByRole('textbox', { name: 'Tên cuộc họp' }).fill(plan.title);
  await page.getByRole('textbox', { name: 'Địa điểm' }).fill(plan.place);
  await page.locator('form').getByRole('button', { name: 'Tạo cuộc họp' }).click();
  for (const item of plan.agenda) {
    await page.getByRole('textbox', { name: 'Nội dung mục mới' }).fill(item);
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Nội dung mục mới' }).and(page.locator('[value=""]')).waitFor();
  }
  await page.getByRole('tab', { name: 'Tài liệu' }).click();
  await page.locator('input[type=file]').setInputFiles([...plan.papers]);
  await page.getByText(new RegExp(`^${plan.papers.length} tài liệu`)).waitFor({ timeout: 120_000 });
  await page.getByRole('tab', { name: 'Thành phần' }).click();
  await page.getByRole('button', { name: 'Thêm tất cả người của đơn vị' }).click();
  await page.getByRole('textbox', { name: 'Họ tên đại biểu' }).fill(plan.delegate.name);
  await page.getByRole('textbox', { name: 'Chức vụ đại biểu' }).fill(plan.delegate.position);
  await pick(page, 'Đơn vị của đại biểu', plan.delegate.unit);
  await page.getByRole('button', { name: 'Thêm đại biểu' }).click();
  await page.getByText(plan.delegate.name).first().waitFor();
}

/** Phát hành gói: typesets the pack and shows the meeting to the units of its participants. */
export async function publishPack(workstation: Workstation): Promise<void> {
  const { page } = workstation;
  await page.getByRole('button', { name: 'Phát hành gói' }).first().click();
  await page
    .getByText(/Bản phát hành lần 1/)
    .first()
    .waitFor({ timeout: 180_000 });
}

/** Opens a meeting of the list in one of its modes (Chuẩn bị, Đọc, Điều hành, Biên bản). */
export async function openMeeting(workstation: Workstation, title: string, mode: string): Promise<void> {
  const { page } = workstation;
  await workstation.goTo('Cuộc họp');
  await page.getByText(title).first().click();
  await switchMode(workstation, mode);
}

/** Turns the meeting in front to one of its modes. */
export async function switchMode(workstation: Workstation, mode: string): Promise<void> {
  const { page } = workstation;
  await page
    .getByRole('group', { name: 'Việc với cuộc họp' })
    .getByRole('button', { name: mode, exact: true })
    .click();
}

/** Whether the whole pack is on this machine: the words of its tag. */
export async function packState(workstation: Workstation): Promise<string> {
  const tag = workstation.page.getByText(/(Đủ|Thiếu) tài liệu/).first();
  await tag.waitFor();
  return (await tag.textContent()) ?? '';
}

/** Điểm danh: everybody is present; then Khai mạc. */
export async function openWithEverybody(workstation: Workstation): Promise<void> {
  const { page } = workstation;
  await page.getByRole('button', { name: 'Tất cả có mặt' }).click();
  await page.getByText('Đủ điều kiện').first().waitFor();
  await page.getByRole('button', { name: 'Khai mạc' }).click();
  await page
    .getByText(/Khai mạc lúc/)
    .first()
    .waitFor();
}

/** Biểu quyết giơ tay on the current item; gives the sentence of the result. */
export async function voteByHands(workstation: Workstation, hands: Hands): Promise<string> {
  const { page } = workstation;
  await page.getByRole('tab', { name: 'Biểu quyết' }).click();
  await page.getByRole('textbox', { name: 'Tán thành', exact: true }).fill(String(hands.agree));
  await page.getByRole('textbox', { name: 'Không tán thành' }).fill(String(hands.disagree));
  await page.getByRole('textbox', { name: 'Ý kiến khác' }).fill(String(hands.other));
  await page.getByRole('button', { name: 'Ghi kết quả biểu quyết' }).click();
  const result = page.getByText(/Tán thành \d+\/\d+ .*(ĐẠT|KHÔNG ĐẠT)/).first();
  await result.waitFor();
  return (await result.textContent()) ?? '';
}

export async function conclude(workstation: Workstation, text: string): Promise<void> {
  const { page } = workstation;
  await page.getByRole('tab', { name: 'Kết luận' }).click();
  await page.getByRole('textbox', { name: 'Nội dung kết luận' }).fill(text);
  await page.getByRole('button', { name: 'Ghi kết luận' }).click();
  await page.getByText(text).last().waitFor();
}

/** Bế mạc, with its second question. */
export async function closeMeeting(workstation: Workstation): Promise<void> {
  const { page } = workstation;
  await page.getByRole('button', { name: 'Bế mạc' }).click();
  await page
    .getByRole('group', { name: /Bế mạc cuộc họp/ })
    .getByRole('button', { name: 'Bế mạc' })
    .click();
  await page
    .getByText(/Bế mạc lúc/)
    .first()
    .waitFor();
}

/** Writes the minutes from what happened and sets them as a PDF. */
export async function writeMinutes(workstation: Workstation): Promise<void> {
  const { page } = workstation;
  await switchMode(workstation, 'Biên bản');
  await page.getByRole('button', { name: 'Xuất biên bản PDF' }).click();
  await page
    .getByRole('button', { name: /Lưu bản sao biên bản|Trở lại soạn|Xem biên bản PDF/ })
    .first()
    .waitFor({ timeout: 60_000 });
}
