import type { Conclusion, Meeting, Vote } from '../schema/meetings';
import { shortDate } from '../text/time';
import { formatMomentInWords } from '../text/vi-format';
import { quorumOf } from './meeting';
import { minutesTexts as texts } from './minutes-texts';

/** Name and position of somebody by id, for those who do not stand on the list of participants. */
export type Directory = ReadonlyMap<string, { readonly name: string; readonly position: string }>;

/**
 * Name and position of the chair, the secretary or the owner of a task: a participant, somebody of the directory, or
 * the text itself where it was typed freely.
 */
export function personOf(
  meeting: Pick<Meeting, 'participants'>,
  directory: Directory,
  idOrName: string,
): { readonly name: string; readonly position: string } {
  const participant = meeting.participants.find((known) => known.id === idOrName);
  const known = participant ?? directory.get(idOrName);
  return known === undefined
    ? { name: idOrName, position: '' }
    : { name: known.name, position: known.position };
}

/** `12/15 (80 %)`: a count as a share of the denominator of the rule; one decimal at most, with a comma. */
function shareOf(count: number, denominator: number): string {
  const tenths = denominator === 0 ? 0 : Math.round((count / denominator) * 1000) / 10;
  return `${count}/${denominator} (${String(tenths).replace('.', ',')} %)`;
}

/** `Tán thành 12/15 (80 %) – ĐẠT (cần quá 1/2 số triệu tập)`: a vote measured by the rule it was held under. */
export function voteResult(vote: Pick<Vote, 'agree' | 'summoned' | 'present' | 'rule' | 'passed'>): string {
  const { threshold, denominator } = vote.rule;
  const rule = `cần ${texts.threshold[threshold]} ${texts.denominator[denominator]}`;
  const verdict = vote.passed ? texts.passed : texts.failed;
  return `${texts.agree} ${shareOf(vote.agree, vote[denominator])} – ${verdict} (${rule})`;
}

/** The sentence of the draft that tells a vote, with all three counts. */
export function voteSentence(vote: Vote): string {
  const rest = `${texts.disagree}: ${vote.disagree}; ${texts.otherOpinion}: ${vote.other}`;
  return texts.voted(withStop(vote.question), `${voteResult(vote)}; ${rest}`);
}

/** The sentence of the draft that tells a conclusion. */
export function conclusionSentence(
  meeting: Pick<Meeting, 'participants'>,
  directory: Directory,
  conclusion: Conclusion,
): string {
  const owner = conclusion.owner === '' ? '' : personOf(meeting, directory, conclusion.owner).name;
  return texts.concluded(withoutStop(conclusion.text), owner, shortDate(conclusion.due));
}

/** What was recorded about one agenda item, in order of time; `item` is '' for what belongs to none. */
export function recordsOf(
  meeting: Pick<Meeting, 'agenda' | 'votes' | 'conclusions'>,
  item: string,
): { readonly votes: readonly Vote[]; readonly conclusions: readonly Conclusion[] } {
  const known = new Set(meeting.agenda.map(({ id }) => id));
  const belongs = (record: { readonly agendaItem: string }) =>
    item === '' ? !known.has(record.agendaItem) : record.agendaItem === item;
  const byTime = <T extends { readonly at: string }>(records: readonly T[]) =>
    [...records].sort((a, b) => a.at.localeCompare(b.at));
  return {
    votes: byTime(Object.values(meeting.votes).filter(belongs)),
    conclusions: byTime(Object.values(meeting.conclusions).filter(belongs)),
  };
}

/**
 * Diễn biến of a meeting drafted from what was recorded: one numbered heading per step (opening, then each agenda
 * item), under it who presented, the papers, every vote and every conclusion. The secretary edits it afterwards.
 */
export function draftMinutes(meeting: Meeting, directory: Directory): string {
  const steps = [
    { title: texts.opening, lines: openingLines(meeting, directory) },
    ...meeting.agenda.map((item) => ({
      title: item.title,
      lines: [
        ...(item.presenter === ''
          ? []
          : [texts.presented(personOf(meeting, directory, item.presenter).name)]),
        ...paperLines(meeting, item.id),
        ...recordLines(meeting, directory, item.id),
      ],
    })),
  ];
  const others = recordLines(meeting, directory, '');
  if (others.length > 0) steps.push({ title: texts.other, lines: others });
  return steps.map(({ title, lines }, index) => [`${index + 1}. ${title}`, ...lines].join('\n')).join('\n\n');
}

function openingLines(meeting: Meeting, directory: Directory): string[] {
  const quorum = quorumOf(meeting);
  const absent = meeting.participants.filter(({ id }) => meeting.attendance[id]?.status !== 'present');
  return [
    meeting.startedAt === ''
      ? texts.notOpened
      : texts.opened(
          formatMomentInWords(meeting.startedAt),
          personOf(meeting, directory, meeting.chair).name,
        ),
    texts.quorum(quorum.present, quorum.summoned, texts.quorumRules[meeting.quorum], quorum.met),
    ...absent.map(({ id, name }) => texts.absent(name, meeting.attendance[id]?.reason || texts.noReason)),
  ];
}

function paperLines(meeting: Meeting, item: string): string[] {
  const titles = meeting.papers.filter((paper) => paper.agendaItem === item).map((paper) => paper.title);
  return titles.length === 0 ? [] : [texts.papers(titles.join('; '))];
}

function recordLines(meeting: Meeting, directory: Directory, item: string): string[] {
  const { votes, conclusions } = recordsOf(meeting, item);
  return [
    ...votes.map(voteSentence),
    ...conclusions.map((conclusion) => conclusionSentence(meeting, directory, conclusion)),
  ];
}

function withoutStop(text: string): string {
  return text.trim().replace(/[.;]+$/u, '');
}

function withStop(text: string): string {
  return /[.?!]$/u.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

/** A step of the minutes as the secretary left it: heading without its number, and its paragraphs. */
export type WrittenStep = { readonly title: string; readonly paragraphs: readonly string[] };

/**
 * Reads edited minutes back into steps. A line is a heading only when it carries the next number and follows an empty
 * line, so that numbered lists inside a step stay paragraphs; text before the first heading becomes the opening.
 */
export function readSteps(text: string): readonly WrittenStep[] {
  const steps: { title: string; paragraphs: string[] }[] = [];
  let next = 1;
  let afterGap = true;
  for (const line of text.split(/\r?\n/u).map((raw) => raw.trim())) {
    const heading = /^(\d+)\.\s+(.+)$/u.exec(line);
    if (line !== '' && afterGap && heading?.[2] !== undefined && Number(heading[1]) === next) {
      steps.push({ title: heading[2], paragraphs: [] });
      next += 1;
    } else if (line !== '') {
      if (steps.length === 0) steps.push({ title: texts.opening, paragraphs: [] });
      steps.at(-1)?.paragraphs.push(line);
    }
    afterGap = line === '';
  }
  return steps;
}
