import { quorumOf } from '@shared/domain/meeting';
import {
  conclusionSentence,
  type Directory,
  personOf,
  readSteps,
  recordsOf,
  voteSentence,
} from '@shared/domain/minutes';
import { minutesTexts } from '@shared/domain/minutes-texts';
import type { PrintJob } from '@shared/ipc/print-jobs';
import type { Meeting, Vote } from '@shared/schema/meetings';
import type { Unit } from '@shared/schema/people';
import { inCapitals } from '@shared/text/capitals';
import { dayInHanoi } from '@shared/text/time';

const { printed } = minutesTexts;

/** The data of printed minutes as they go to the document worker (NĐ 30/2020, Phụ lục III, Mẫu 1.9). */
export type MinutesData = Extract<PrintJob, { readonly kind: 'minutes' }>['data'];
type MinutesStep = MinutesData['proceedings'][number];
type MinutesVote = MinutesStep['votes'][number];

type Office = { readonly unit: Unit; readonly superior: string; readonly directory: Directory };

/**
 * What the printed minutes are made of: facts from the records, the course of the meeting from the edited text.
 * Votes and conclusions are printed from their records, so a sentence of the draft that only repeats one is left out.
 */
export function minutesData(meeting: Meeting, text: string, office: Office): MinutesData {
  const { unit, superior, directory } = office;
  const quorum = quorumOf(meeting);
  const present = meeting.participants.filter(({ id }) => meeting.attendance[id]?.status === 'present');
  const absent = meeting.participants.filter((person) => !present.includes(person));
  return {
    superior: inCapitals(superior),
    issuer: inCapitals(unit.name),
    number: null,
    symbol: `BB-${unit.symbol}`,
    year: Number(dayInHanoi(Date.parse(meeting.startedAt)).slice(0, 4)),
    title: meeting.title,
    startedAt: meeting.startedAt,
    endedAt: meeting.endedAt,
    venue: meeting.place,
    attendance: {
      summoned: quorum.summoned,
      present: present.map(({ name, position }) => ({ name, position })),
      absent: absent.map(({ id, name, position }) => ({
        name,
        position,
        reason: meeting.attendance[id]?.reason ?? '',
      })),
      guests: [],
      quorum: { rule: printed.quorum(minutesTexts.quorumRules[meeting.quorum]), met: quorum.met },
    },
    chair: personOf(meeting, directory, meeting.chair),
    secretary: personOf(meeting, directory, meeting.secretary),
    proceedings: proceedings(meeting, text, directory),
    conclusions: recordsOfAll(meeting).map((conclusion) => ({
      text: conclusion.text,
      owner: conclusion.owner === '' ? '' : personOf(meeting, directory, conclusion.owner).name,
      due: conclusion.due,
    })),
    receivers: [{ name: printed.receiver }],
    sealDiameter: unit.sealMm,
  };
}

function recordsOfAll(meeting: Meeting) {
  return Object.values(meeting.conclusions).sort((a, b) => a.at.localeCompare(b.at));
}

function proceedings(meeting: Meeting, text: string, directory: Directory): MinutesStep[] {
  const printedElsewhere = new Set([
    ...Object.values(meeting.votes).map(voteSentence),
    ...Object.values(meeting.conclusions).map((one) => conclusionSentence(meeting, directory, one)),
  ]);
  const untold = new Set<Vote>(Object.values(meeting.votes));
  const take = (votes: readonly Vote[]): MinutesVote[] =>
    votes.filter((vote) => untold.delete(vote)).map(printedVote);
  const steps = readSteps(text).map(({ title, paragraphs }) => {
    const items = meeting.agenda.filter((item) => item.title.trim() === title.trim());
    return {
      title,
      paragraphs: paragraphs.filter((line) => !printedElsewhere.has(line)),
      votes: items.flatMap((item) => take(recordsOf(meeting, item.id).votes)),
    };
  });
  if (untold.size === 0) return steps;
  const left = take([...untold].sort((a, b) => a.at.localeCompare(b.at)));
  return [...steps, { title: minutesTexts.other, paragraphs: [], votes: left }];
}

function printedVote(vote: Vote): MinutesVote {
  const { threshold, denominator } = vote.rule;
  const count = vote[denominator];
  const needed = threshold === 'over-half' ? Math.floor(count / 2) + 1 : Math.ceil((count * 2) / 3);
  const base = printed.base[denominator];
  return {
    question: vote.question.trim(),
    method: printed.hands,
    counts: [
      { label: minutesTexts.agree, count: vote.agree },
      { label: minutesTexts.disagree, count: vote.disagree },
      { label: minutesTexts.otherOpinion, count: vote.other },
    ],
    base: { name: base, count },
    threshold: printed.threshold(minutesTexts.threshold[threshold], base, needed),
    passed: vote.passed,
  };
}
