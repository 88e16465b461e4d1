/** The few words of the window for passwords and PINs. */
export const secretTexts = {
  label: { password: 'Mật khẩu chứng thư', pin: 'Mã PIN của USB token' },
  again: {
    password: 'Mật khẩu chưa đúng. Chưa có gì được ký; hãy nhập lại.',
    pin: 'Mã PIN chưa đúng. Chưa có gì được ký; hãy nhập lại.',
  },
  cancel: 'Hủy (Esc)',
  ok: 'Đồng ý (Enter)',
} as const;
