import type { Role } from '../schema/people';
import type { CollectionName } from '../schema/rows';

/**
 * Who may do what to which fields: read by the client before it writes and by the server before it accepts.
 * `touches` lists, per collection, the top-level fields a command may set and the states the row must be in.
 * `create` marks collections where it may make a new row. An absent `from` means any state.
 */
export type CommandRule = {
  readonly roles: readonly Role[];
  readonly touches: Partial<Record<CollectionName, Touch>>;
};
export type Touch = {
  readonly fields: readonly string[] | 'all';
  readonly from?: readonly string[];
  readonly create?: boolean;
  /** Rows that a new one may take the place of; without it an id is used once. */
  readonly replaces?: (row: Readonly<Record<string, unknown>>) => boolean;
};

const everyone: readonly Role[] = ['clerk', 'leader', 'officer', 'chair', 'secretary', 'admin'];
const clerk: readonly Role[] = ['clerk'];
const meetingStaff: readonly Role[] = ['chair', 'secretary'];

/** The next entry of a book: always a new number row together with the head of the book. */
const numbering = {
  books: { fields: ['next', 'lastDate', 'headHash', 'taken', 'handovers'] },
  // A number of a lost device that turns up goes into its placeholder; `acceptEntry` says whether it fits.
  numbers: {
    fields: 'all',
    create: true,
    replaces: ({ status }) => status === 'lost-device' || status === 'paper',
  },
} as const satisfies CommandRule['touches'];

const bookStaff: readonly Role[] = ['clerk', 'admin'];
const ownership = {
  books: {
    fields: ['owner', 'epoch', 'next', 'lastDate', 'headHash', 'handovers', 'tails', 'unexplained', 'taken'],
  },
} as const satisfies CommandRule['touches'];

export const commandTable = {
  'intake.add': { roles: everyone, touches: { intake: { fields: 'all', create: true } } },
  'intake.set-aside': { roles: clerk, touches: { intake: { fields: ['state', 'note'], from: ['waiting'] } } },
  'intake.restore': { roles: clerk, touches: { intake: { fields: ['state', 'note'], from: ['set-aside'] } } },
  // A purged item may be purged again: the operation is sent once more after a server was restored.
  'intake.purge': {
    roles: clerk,
    touches: {
      intake: {
        fields: ['state', 'at', 'by', 'file', 'problem', 'incomingId', 'note'],
        from: ['waiting', 'set-aside', 'purged'],
      },
    },
  },

  // Điều 22: đăng ký văn bản đến
  'incoming.register': {
    roles: clerk,
    touches: {
      incoming: { fields: 'all', create: true, from: ['arrived'] },
      // Never a removed one: its file would stand in the register.
      intake: { fields: ['state', 'incomingId'], from: ['waiting', 'set-aside', 'registered'] },
      ...numbering,
    },
  },
  'incoming.correct': {
    roles: clerk,
    touches: {
      incoming: {
        fields: [
          'number',
          'symbol',
          'date',
          'issuer',
          'type',
          'subject',
          'signerName',
          'signerPosition',
          'urgency',
          'pages',
          'paperPlace',
          'dueDate',
          'note',
          'duplicateKey',
          'history',
        ],
      },
    },
  },
  'incoming.submit': {
    roles: clerk,
    touches: { incoming: { fields: ['state', 'submittedTo', 'history'], from: ['registered', 'submitted'] } },
  },
  // Điều 23, 24: ý kiến chỉ đạo, phân phối
  'incoming.assign': {
    roles: ['leader'],
    touches: {
      incoming: {
        fields: ['state', 'assignment', 'opinions', 'dueDate', 'history'],
        from: ['registered', 'submitted', 'assigned', 'in-progress'],
      },
    },
  },
  'incoming.start': {
    roles: everyone,
    touches: { incoming: { fields: ['state', 'history'], from: ['assigned'] } },
  },
  'incoming.finish': {
    roles: everyone,
    touches: { incoming: { fields: ['state', 'result', 'history'], from: ['assigned', 'in-progress'] } },
  },
  'incoming.comment': { roles: everyone, touches: { incoming: { fields: ['opinions', 'history'] } } },
  // Điều 21.2: trả lại nơi gửi
  'incoming.return': {
    roles: clerk,
    touches: { incoming: { fields: ['state', 'returnReason', 'history'], from: ['arrived'] } },
  },
  // Điều 25, 26: bản sao điện tử
  'incoming.copy': {
    roles: clerk,
    touches: { incoming: { fields: ['electronicCopies', 'history'] } },
  },
  'incoming.number-copy': {
    roles: clerk,
    touches: { incoming: { fields: ['electronicCopies', 'history'] }, ...numbering },
  },
  'incoming.checked': { roles: everyone, touches: { incoming: { fields: ['signatures'] } } },

  'outgoing.draft': {
    roles: ['clerk', 'leader', 'officer'],
    touches: { outgoing: { fields: 'all', create: true } },
  },
  'outgoing.edit': {
    roles: ['clerk', 'leader', 'officer'],
    touches: {
      outgoing: {
        fields: [
          'symbol',
          'type',
          'subject',
          'urgency',
          'signer',
          'capacity',
          'replyTo',
          'receivers',
          'otherReceivers',
          'copies',
          'composition',
          'body',
          'annexes',
          'places',
          'history',
        ],
        from: ['draft'],
      },
    },
  },
  'outgoing.submit': {
    roles: ['clerk', 'leader', 'officer'],
    touches: { outgoing: { fields: ['state', 'signer', 'returnReason', 'history'], from: ['draft'] } },
  },
  'outgoing.return': {
    roles: ['leader', 'clerk'],
    touches: { outgoing: { fields: ['state', 'returnReason', 'history'], from: ['submitted'] } },
  },
  // Điều 13: ký ban hành
  'outgoing.sign': {
    roles: ['leader'],
    touches: {
      outgoing: { fields: ['state', 'body', 'places', 'signature', 'history'], from: ['submitted'] },
    },
  },
  'outgoing.ask-number': {
    roles: clerk,
    touches: { outgoing: { fields: ['state', 'history'], from: ['signed'] } },
  },
  // Điều 15: cấp số, thời gian ban hành
  'outgoing.number': {
    roles: clerk,
    touches: {
      outgoing: {
        fields: ['state', 'number', 'bookId', 'date', 'symbol', 'history'],
        from: ['signed', 'waiting-number'],
      },
      ...numbering,
    },
  },
  // The number came on a slip from the machine that holds the book (số đã cấp)
  'outgoing.take-number': {
    roles: clerk,
    touches: {
      outgoing: {
        fields: ['state', 'number', 'bookId', 'date', 'numberProof', 'history'],
        from: ['signed', 'waiting-number'],
      },
    },
  },
  'outgoing.fill-number': {
    roles: clerk,
    touches: { outgoing: { fields: ['body', 'history'], from: ['numbered'] } },
  },
  // Điều 32.2: ký số của cơ quan, sau chữ ký của người có thẩm quyền
  'outgoing.seal': {
    roles: clerk,
    touches: {
      outgoing: { fields: ['state', 'body', 'annexes', 'signature', 'history'], from: ['numbered'] },
    },
  },
  // Điều 18: phát hành
  'outgoing.issue': {
    roles: clerk,
    touches: {
      outgoing: {
        fields: ['state', 'receivers', 'otherReceivers', 'issuedAt', 'deliveries', 'history'],
        from: ['sealed'],
      },
    },
  },

  // Giá trị lâu dài: the file grows by validation data and timestamps; what was signed and sent stays
  'outgoing.raise': {
    roles: ['clerk', 'leader'],
    touches: { outgoing: { fields: ['body', 'signature', 'history'], from: ['sealed', 'issued'] } },
  },
  'outgoing.copy': {
    roles: clerk,
    touches: { outgoing: { fields: ['electronicCopies', 'history'], from: ['issued'] } },
  },

  // Sổ: loạt số, bàn giao, hủy số, khuyết số, khóa sổ (Điều 15, 16, 22)
  'book.create': {
    roles: bookStaff,
    touches: { books: { fields: 'all', create: true, replaces: () => true } },
  },
  'book.edit': { roles: bookStaff, touches: { books: { fields: ['title', 'types', 'symbol'] } } },
  'book.hand-over': { roles: clerk, touches: ownership },
  'book.take-over': { roles: clerk, touches: ownership },
  // A number for a document that only another machine of the office has
  'book.number-for': { roles: clerk, touches: numbering },
  'book.void': {
    roles: clerk,
    touches: {
      numbers: { fields: ['status', 'reason', 'settled'] },
      outgoing: { fields: ['state', 'history'], from: ['numbered', 'sealed'] },
    },
  },
  'book.complete': {
    roles: clerk,
    touches: { numbers: { fields: ['status', 'date', 'paper'] }, books: { fields: ['unexplained'] } },
  },
  'book.explain': {
    roles: clerk,
    touches: { numbers: { fields: ['reason', 'settled'] }, books: { fields: ['unexplained'] } },
  },
  'book.close': { roles: clerk, touches: { books: { fields: ['closed'] } } },

  'outgoing.number-copy': {
    roles: clerk,
    touches: { outgoing: { fields: ['electronicCopies', 'history'], from: ['issued'] }, ...numbering },
  },

  'meeting.create': {
    roles: [...meetingStaff, 'clerk', 'leader'],
    touches: { meetings: { fields: 'all', create: true } },
  },
  'meeting.prepare': {
    roles: [...meetingStaff, 'clerk', 'leader'],
    touches: {
      meetings: {
        fields: [
          'title',
          'place',
          'startsAt',
          'chair',
          'secretary',
          'agenda',
          'papers',
          'participants',
          'quorum',
          'history',
        ],
        from: ['preparing', 'published'],
      },
    },
  },
  'meeting.publish': {
    roles: [...meetingStaff, 'clerk', 'leader'],
    touches: { meetings: { fields: ['state', 'pack', 'history'], from: ['preparing', 'published'] } },
  },
  'meeting.open': {
    roles: meetingStaff,
    touches: { meetings: { fields: ['state', 'startedAt', 'history'], from: ['published'] } },
  },
  'meeting.attend': {
    roles: meetingStaff,
    touches: { meetings: { fields: ['attendance'], from: ['published', 'open'] } },
  },
  'meeting.vote': {
    roles: meetingStaff,
    touches: { meetings: { fields: ['votes', 'history'], from: ['open'] } },
  },
  'meeting.conclude': {
    roles: meetingStaff,
    touches: { meetings: { fields: ['conclusions', 'history'], from: ['open'] } },
  },
  'meeting.close': {
    roles: meetingStaff,
    touches: { meetings: { fields: ['state', 'endedAt', 'history'], from: ['open'] } },
  },
  'meeting.minutes': {
    roles: meetingStaff,
    touches: { meetings: { fields: ['minutesText', 'minutes', 'history'], from: ['open', 'closed'] } },
  },

  // Mẫu 1.9: thư ký và chủ tọa ký biên bản
  'meeting.sign-minutes': {
    roles: meetingStaff,
    touches: {
      meetings: { fields: ['minutes', 'minutesSigned', 'minutesSignature', 'history'], from: ['closed'] },
    },
  },
  'meeting.raise-minutes': {
    roles: [...meetingStaff, 'clerk', 'leader'],
    touches: { meetings: { fields: ['minutes', 'minutesSignature', 'history'], from: ['closed'] } },
  },

  'conflict.decide': {
    roles: ['clerk', 'leader', 'admin'],
    touches: {
      conflicts: { fields: ['decision', 'decidedBy'] },
      incoming: { fields: 'all' },
      outgoing: { fields: 'all' },
      meetings: { fields: 'all' },
      intake: { fields: 'all' },
      books: { fields: ['title', 'types', 'symbol'] },
    },
  },
} as const satisfies Record<string, CommandRule>;

export type CommandName = keyof typeof commandTable;
export const commandNames = Object.keys(commandTable) as [CommandName, ...CommandName[]];
