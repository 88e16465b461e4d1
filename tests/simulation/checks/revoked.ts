import type { World } from '../world';

/** Nothing of a device is taken in once it was shut out, also of a request that had been let in before. */
export function revokedProblems({ server }: World): readonly string[] {
  return [...server.state.devices].flatMap(([device, { lastN, shutOutAt }]) =>
    shutOutAt === undefined || shutOutAt === lastN
      ? []
      : [`work of ${device} was taken in after it was shut out: ${lastN} instead of ${shutOutAt}`],
  );
}
