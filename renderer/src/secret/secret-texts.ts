/** The few words of the password window. */
export const secretTexts = {
  label: 'Mật khẩu chứng thư',
  again: 'Mật khẩu chưa đúng. Chưa có gì được ký; hãy nhập lại.',
  cancel: 'Hủy (Esc)',
  ok: 'Đồng ý (Enter)',
} as const;
