export const backupPath = '/backup';
