import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import {
  answeringSaveDialog,
  bookRows,
  openBook,
  saveRegisterCsv,
  saveRegisterPdf,
} from '../driver/book-acts';
import * as incoming from '../driver/incoming-acts';
import * as meeting from '../driver/meeting-acts';
import * as outgoing from '../driver/outgoing-acts';
import type { Province } from '../driver/province';
import { importKey, trustTrialRoot } from '../driver/signing-acts';
import { compareWithServer } from '../driver/sync-acts';
import type { Workstation } from '../driver/workstation';
import { checkBooks, checkInputs, checkWithPdfsig, checkWithQpdf, rowsOfUnit } from './independent-check';
import type { InputFile } from './input-files';
import type { Recorder } from './recorder';

const clerk = 'Lê Thị Thu Hằng';
const leader = 'Phạm Quốc Tuấn';
const officer = 'Trịnh Công Thành';
const grassroots = { unit: 'May Phương Nam', chair: 'Hoàng Thị Nguyệt', clerk: 'Bùi Thanh Sơn' };
const issuedSubject = 'Triển khai nhiệm vụ theo văn bản kèm theo, lần';
const meetingTitle = 'Hội nghị Ban Thường vụ thông qua các văn bản';

/** What the job works with. */
export type Job = {
  readonly province: Province;
  readonly district: Workstation;
  readonly base: Workstation;
  readonly inputs: readonly InputFile[];
  readonly out: string;
  readonly recorder: Recorder;
};

/** The issued document: its file as saved from the screen, and its subject. */
type Issued = { readonly file: string; readonly subject: string; readonly body: string };

/** The main job, from the scan to the archive, through the screens of two workstations. */
export async function runMainJob(job: Job): Promise<void> {
  await keysAndTrust(job);
  await takeInAndRegister(job);
  await giveOpinions(job);
  const issued = await issueFirst(job);
  await receiveAtBase(job, issued);
  await prepareMeeting(job);
  await workWithoutServer(job);
  await agreeAgain(job);
  await collectResults(job, issued);
}

async function keysAndTrust({ province, district, base, recorder }: Job): Promise<void> {
  await recorder.picture(district, 'dang-nhap');
  await recorder.step('Keys and trust anchors', async () => {
    await district.signIn(leader);
    await recorder.picture(district, 'viec-hom-nay');
    await importKey(district, province, 'huyen-ct', 'person');
    await district.changeTo(clerk);
    await importKey(district, province, 'huyen', 'organ');
    await base.signIn(grassroots.clerk);
    await trustTrialRoot(base, province);
    await recorder.picture(district, 'chu-ky-cua-toi');
  });
}

async function takeInAndRegister({ district, inputs, recorder }: Job): Promise<void> {
  await recorder.step(`Take in ${inputs.length} files`, () =>
    incoming.takeIn(
      district,
      inputs.map((input) => input.path),
    ),
  );
  await recorder.picture(district, 'hop-tiep-nhan');
  await pictureOfForm(district, recorder, inputs);
  for (const [index, input] of inputs.entries()) {
    await recorder.step(`Register ${input.name} (${index + 1} of ${inputs.length})`, async () => {
      recorder.report.documents.push(await registerOne(district, input, index + 1));
    });
  }
  await recorder.picture(district, 'vao-so');
}

/** The form of Vào sổ beside the page, left again without typing. */
async function pictureOfForm(
  district: Workstation,
  recorder: Recorder,
  inputs: readonly InputFile[],
): Promise<void> {
  const first = inputs.find((input) => input.isPdf);
  if (first === undefined) return;
  const form = await incoming.openRegistration(district, first.name);
  // A page of a scan is drawn after the form has come; a broken file draws none.
  await district.page.waitForTimeout(1_000);
  await recorder.picture(district, 'vao-so-bieu-mau');
  await form.getByRole('button', { name: 'Quay lại' }).click();
  await form.waitFor({ state: 'detached' });
}

/** Registers one PDF; a file that is not one, or is broken, stays in the intake box with its message. */
async function registerOne(district: Workstation, input: InputFile, n: number) {
  const { name: file, sha256 } = input;
  await incoming.openIntake(district, file);
  const trouble = district.page.getByRole('alert').or(district.page.locator('.cv-notice-title')).first();
  const problem = (await trouble.isVisible()) ? ((await trouble.textContent()) ?? '').trim() : '';
  const usable = input.isPdf && (problem === '' || /trùng|giống/i.test(problem));
  if (!usable) return { file, sha256, arrivalNumber: 0, problem: problem === '' ? 'not a PDF' : problem };
  const shown = await incoming.register(district, {
    fileName: file,
    number: String(n),
    symbol: 'CV-DEMO',
    date: '5/3',
    issuer: 'Cơ quan gửi thử nghiệm',
    type: 'Công văn',
    subject: subjectOf(input, n),
    despiteTwin: false,
  });
  return { file, sha256, arrivalNumber: Number(shown), problem: '' };
}

const subjectOf = (input: InputFile, n: number): string =>
  `${n}. ${path.parse(input.name).name}`.slice(0, 200);

async function giveOpinions({ district, inputs, recorder }: Job): Promise<void> {
  const registered = inputs
    .map((input, index) => ({ input, subject: subjectOf(input, index + 1) }))
    .filter(({ input }) =>
      recorder.report.documents.some(
        (document) => document.sha256 === input.sha256 && document.arrivalNumber > 0,
      ),
    );
  await recorder.step(`Route ${registered.length} documents to the leader`, async () => {
    for (const { subject } of registered) {
      await incoming.openIncoming(district, subject);
      await incoming.submitTo(district, leader);
    }
  });
  await recorder.step(`Opinion on ${registered.length} documents`, async () => {
    await district.changeTo(leader);
    for (const { subject } of registered) {
      await incoming.openIncoming(district, subject);
      await incoming.assign(district, {
        text: 'Giao đồng chí chủ trì, tham mưu thực hiện.',
        lead: officer,
        support: [clerk],
        due: '25/12',
      });
    }
    await recorder.picture(district, 'but-phe');
  });
}

/** Signs, numbers and issues the first file that can be signed; gives it as saved in `out`. */
async function issueFirst(job: Job): Promise<Issued> {
  const { district, out, recorder } = job;
  const { subject, body } = await signFirst(job);
  await recorder.step('Number and date', async () => {
    await district.changeTo(clerk);
    await outgoing.openOutgoing(district, subject);
    await outgoing.giveNumber(district);
  });
  await recorder.step('The organisation signs', () => outgoing.seal(district));
  await recorder.picture(district, 'ky-so-co-quan');
  await recorder.step('Issue', async () => {
    await outgoing.issue(district);
    await district.settle();
  });
  await recorder.picture(district, 'phat-hanh');
  const file = path.join(out, 'issued-document.pdf');
  await saved(district, file, () =>
    district.page
      .getByRole('button', { name: /^Lưu bản sao: / })
      .first()
      .click(),
  );
  return { file, subject, body };
}

/**
 * A signed, encrypted or damaged PDF cannot become a draft of ours: the next one is taken, and the report says why.
 * Gives the subject and the path of the one that was signed.
 */
async function signFirst({
  district,
  inputs,
  recorder,
}: Job): Promise<{ readonly subject: string; readonly body: string }> {
  const registered = new Set(
    recorder.report.documents.filter((document) => document.arrivalNumber > 0).map(({ sha256 }) => sha256),
  );
  for (const [index, body] of inputs.filter((input) => registered.has(input.sha256)).entries()) {
    const subject = `${issuedSubject} ${index + 1}`;
    const signed = await recorder.step(`Draft, submit and sign ${body.name}`, async () => {
      await outgoing.draftAndSubmit(district, {
        type: 'Kế hoạch',
        subject,
        signer: leader,
        receivers: [grassroots.unit],
        body: body.path,
      });
      await recorder.picture(district, 'trinh-ky');
      try {
        await outgoing.sign(district);
        return true;
      } catch (error) {
        recorder.refused(body.name, error);
        await outgoing.giveBack(district, 'Tệp này không ký được.');
        return false;
      }
    });
    if (signed) return { subject, body: body.path };
  }
  throw new Error('no PDF in the input folder can be signed');
}

async function receiveAtBase(
  { province, district, base, out, recorder }: Job,
  issued: Issued,
): Promise<void> {
  await recorder.step('Arrives at the grassroots union', async () => {
    await base.settle();
    await incoming.openIncoming(base, issued.subject);
  });
  await recorder.step('Check its signatures there', async () => {
    const verdict = await incoming.checkSignatures(base);
    recorder.report.signatures.push({
      file: path.basename(issued.file),
      checkedBy: 'Công Văn',
      verdict,
      valid: verdict.startsWith('Hợp lệ'),
    });
    await recorder.picture(base, 'kiem-tra-chu-ky');
  });
  await recorder.step('Check its signatures with pdfsig and qpdf', () => {
    recorder.report.signatures.push(...checkWithPdfsig(issued.file, province.certificates(), out));
    checkWithQpdf(issued.file, issued.body);
    return Promise.resolve();
  });
  await recorder.step('Register it there; the sender sees it', async () => {
    await incoming.receiveArrived(base, issued.subject);
    await base.settle();
    await district.settle();
    await district.page.getByText('đã tiếp nhận').first().waitFor({ timeout: 60_000 });
  });
}

async function prepareMeeting({ district, base, inputs, recorder }: Job): Promise<void> {
  const papers = inputs
    .filter((input) =>
      recorder.report.documents.some(
        (document) => document.sha256 === input.sha256 && document.arrivalNumber > 0,
      ),
    )
    .map((input) => input.path);
  await recorder.step(`Meeting pack of ${papers.length} papers`, async () => {
    await meeting.prepareMeeting(district, {
      title: meetingTitle,
      place: 'Phòng họp tầng 2',
      agenda: ['Thông qua các văn bản đã nhận', 'Biểu quyết kế hoạch thực hiện', 'Kết luận'],
      papers,
      delegate: { name: grassroots.chair, position: 'Chủ tịch công đoàn cơ sở', unit: grassroots.unit },
    });
    await recorder.picture(district, 'chuan-bi-hop');
    await meeting.publishPack(district);
    await recorder.picture(district, 'goi-tai-lieu');
    await district.settle();
  });
  await recorder.step('The pack reaches the other workstation', async () => {
    await meeting.openMeeting(base, meetingTitle, 'Đọc');
    await base.page
      .getByText(/Đủ tài liệu/)
      .first()
      .waitFor({ timeout: 180_000 });
  });
}

async function workWithoutServer({ province, district, base, recorder }: Job): Promise<void> {
  await recorder.step('Stop the server', () => province.stopServer());
  await recorder.step('Read the pack without the server', async () => {
    await meeting.openMeeting(base, meetingTitle, 'Đọc');
    await base.page.getByText('Cả gói trong một tệp PDF').click();
    await base.page.locator('canvas').first().waitFor({ timeout: 60_000 });
    await recorder.picture(base, 'doc-goi-khong-mang');
  });
  await recorder.step('Attendance, vote, conclusion and minutes without the server', async () => {
    await meeting.openMeeting(district, meetingTitle, 'Điều hành');
    await meeting.openWithEverybody(district);
    await recorder.picture(district, 'diem-danh');
    await meeting.voteByHands(district, { agree: 5, disagree: 1, other: 0 });
    await recorder.picture(district, 'bieu-quyet');
    await meeting.conclude(district, 'Giao chuyên viên hoàn thiện, báo cáo Ban Thường vụ trước ngày 25/12.');
    await meeting.closeMeeting(district);
    await meeting.writeMinutes(district);
    await recorder.picture(district, 'bien-ban');
  });
  await recorder.step('Register two more documents without the server', async () => {
    for (const n of [901, 902]) {
      await incoming.register(district, {
        number: String(n),
        symbol: 'GM-DEMO',
        date: 'hôm nay',
        issuer: 'Đảng ủy cơ quan thử nghiệm',
        type: 'Giấy mời',
        subject: `Văn bản giấy vào sổ khi mất mạng, số ${n}`,
      });
    }
    await recorder.picture(district, 'vao-so-khong-mang');
  });
}

async function agreeAgain({ province, district, base, recorder }: Job): Promise<void> {
  await recorder.step('Start the server again', () => province.startServer());
  await recorder.step('Both sides and the server agree', async () => {
    await district.settle();
    await base.settle();
    const agreed = [await compareWithServer(district), await compareWithServer(base)];
    await recorder.picture(district, 'doi-chieu');
    recorder.report.digestsEqual = agreed.every(Boolean);
    if (!recorder.report.digestsEqual) throw new Error('a workstation and the server differ');
  });
}

async function collectResults(
  { province, district, inputs, out, recorder }: Job,
  issued: Issued,
): Promise<void> {
  await recorder.step('Registers as PDF and CSV', async () => {
    for (const kind of ['incoming', 'outgoing'] as const) {
      const rows = await bookRows(district, kind);
      if (rows.length === 0) throw new Error(`the ${kind} register is empty`);
      await recorder.picture(district, kind === 'incoming' ? 'so-van-ban-den' : 'so-van-ban-di');
      await saveRegisterCsv(district, path.join(out, `register-${kind}.csv`));
      await openBook(district, kind);
      await saveRegisterPdf(district, path.join(out, `register-${kind}.pdf`));
    }
  });
  await recorder.step('Minutes and pack as PDF', async () => {
    await district.goTo('Cuộc họp');
    await district.page.getByRole('button', { name: /^Đã họp/ }).click();
    await district.page.getByText(meetingTitle).first().click();
    await meeting.switchMode(district, 'Biên bản');
    await saved(district, path.join(out, 'minutes.pdf'), async () => {
      await district.page
        .getByRole('button', { name: 'Xem biên bản PDF' })
        .or(district.page.getByRole('button', { name: 'Lưu bản sao biên bản' }))
        .first()
        .click();
      await district.page.getByRole('button', { name: 'Lưu bản sao biên bản' }).click();
    });
    await savePack(province, out);
  });
  await recorder.step('Independent check of server, books and bytes', async () => {
    const client = await rowsOfUnit(province, 'huyen');
    checkBooks(client, recorder.report);
    checkBooks(await rowsOfUnit(province, 'coso-a'), recorder.report);
    await checkInputs(client, inputs, recorder.report);
    checkWithQpdf(issued.file, issued.body);
  });
}

/** The pack as the server gives it to any device of an invited unit. */
async function savePack(province: Province, out: string): Promise<void> {
  const client = await rowsOfUnit(province, 'coso-a');
  const row = [...client.rows.values()].find(
    (known) => known.coll === 'meetings' && known.data?.['title'] === meetingTitle,
  );
  const pack = row?.data?.['pack'] as
    | { readonly document: { readonly sha256: string } | null }
    | null
    | undefined;
  if (pack?.document == null) throw new Error('the pack is not at the invited unit');
  const response = await client.raw(`/v1/files/${pack.document.sha256}`);
  const { writeFileSync } = await import('node:fs');
  writeFileSync(path.join(out, 'meeting-pack.pdf'), new Uint8Array(await response.arrayBuffer()));
}

/** Runs an act that saves a file, and waits for the file. */
async function saved(workstation: Workstation, file: string, act: () => Promise<void>): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true });
  await answeringSaveDialog(workstation, file, act);
  for (let waited = 0; !existsSync(file); waited += 100) {
    if (waited > 30_000) throw new Error(`${path.basename(file)} was not saved`);
    await workstation.page.waitForTimeout(100);
  }
}
