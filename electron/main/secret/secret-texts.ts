/** What the password window is titled; the page adds the rest. */
export const secretTexts = {
  importKey: { title: 'Nhập chứng thư', purpose: 'Mật khẩu của tệp chứng thư (.p12, .pfx)' },
  sign: (subject: string) => `Ký số: ${subject}`,
} as const;
