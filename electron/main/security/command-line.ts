// Each of these would let another program of the same user read or steer the pages, or take their protection away.
const refusedSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'disable-web-security',
  'disable-site-isolation-trials',
  'allow-running-insecure-content',
  'unsafely-treat-insecure-origin-as-secure',
  'js-flags',
  'proxy-server',
  'host-resolver-rules',
  'ignore-certificate-errors',
  'load-extension',
] as const;

/**
 * The switches on the command line that a shipped application does not start with.
 * @param hasSwitch asks for one switch by name
 */
export function findRefusedSwitches(hasSwitch: (name: string) => boolean): readonly string[] {
  return refusedSwitches.filter(hasSwitch);
}
