/** What the window for passwords and PINs says; always Vietnamese, like the window itself. */
export const secretTexts = {
  importKey: { title: 'Nhập chứng thư', purpose: 'Mật khẩu của tệp chứng thư (.p12, .pfx)' },
  sign: (subject: string) => `Ký số: ${subject}`,
  purpose: (count: number) => `Nhập một lần để ký ${count} văn bản sau:`,
  chooseDriver: 'Chọn tệp trình điều khiển PKCS#11 của USB token',
  lastTry: 'Chỉ còn MỘT lần thử: nếu sai, token sẽ bị khóa và phải nhờ nơi cấp mở.',
  fewTries: 'PIN của token đã bị nhập sai trước đó; hãy nhập cẩn thận.',
  otherName: (certificate: string, signer: string) =>
    `Tên trên chứng thư (${certificate}) khác tên người ký (${signer}).`,
} as const;
