import type { Channel, PrivateChannel, Topic } from './contract';

// Plain lists without zod, for the preload. The types make them complete and closed.

export const channelNames: Readonly<Record<Channel, true>> = {
  'app:info': true,
  'device:status': true,
  'device:enrol': true,
  'session:sign-in': true,
  'session:sign-out': true,
  'net:push': true,
  'net:pull': true,
  'net:digest': true,
  'net:lease': true,
  'files:present': true,
  'files:upload': true,
  'files:download': true,
  'files:purge': true,
  'files:save-copy': true,
  'files:save-text': true,
  'scan-folder:status': true,
  'scan-folder:choose': true,
  'scan-folder:confirm': true,
  'signing:keys': true,
  'signing:pictures': true,
  'signing:remove-picture': true,
  'signing:anchors': true,
  'signing:sign-person': true,
  'signing:fill-number': true,
  'signing:sign-organ': true,
  'signing:check': true,
  'print:make': true,
};

export const privateChannelNames: Readonly<Record<PrivateChannel, true>> = {
  'intake:take-paths': true,
  'signing:import-key': true,
  'signing:import-picture': true,
  'signing:import-anchor': true,
  'secret:question': true,
  'secret:answer': true,
};

export const topicNames: Readonly<Record<Topic, true>> = {
  'net:state': true,
  'net:poke': true,
  'scan-folder:taken': true,
  'scan-folder:problem': true,
  'files:progress': true,
  'session:locked': true,
};
