/** What a test that draws its moments draws them from; a run prints it, and `CONG_VAN_SEED` gives the same moments again. */
export const seed = Number(process.env['CONG_VAN_SEED'] ?? Date.now() % 2 ** 31);
