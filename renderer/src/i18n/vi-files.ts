export const viFiles = {
  title: 'Tệp trên máy này',
  metered: 'Mạng tính phí',
  meteredHint: 'Bật khi dùng mạng di động: tệp trên 5 MB chờ mạng khác.',
  meteredByLine: 'Mạng này tự báo là mạng tính phí: tệp trên 5 MB chờ mạng khác.',
  paused: (count: number) => `${count} tệp trên 5 MB đang chờ mạng không tính phí.`,
  anyway: 'Vẫn chuyển',
  failed: (count: number) => `${count} tệp chưa chuyển được; máy tự thử lại, các tệp khác không phải chờ.`,
  again: 'Thử lại ngay',
  roomHint:
    'Chỉ bỏ nội dung tệp mà máy chủ đang có và không được giữ trên máy này. Mở lại tệp thì máy tự tải về.',
  measure: 'Tính dung lượng có thể giải phóng',
  free: 'Giải phóng dung lượng',
  noRoom: 'Không có tệp nào bỏ được.',
  room: (files: number, size: string) => `Có thể giải phóng ${size} của ${files} tệp.`,
  freed: (files: number, size: string) => `Đã giải phóng ${size} của ${files} tệp.`,
  keep: 'Giữ tệp trên máy',
  keepHint: 'Tải sẵn và không bỏ khi giải phóng dung lượng. Tắt: tải khi cần.',
};
