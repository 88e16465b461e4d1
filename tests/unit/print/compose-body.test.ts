import { composeBody } from '@shared/print/index';
import { describe, expect, it } from 'vitest';

describe('Soạn nội dung từ các đoạn chữ', () => {
  it('nhận ra Điều, mục La Mã, khoản có tiêu đề; đoạn thường giữ nguyên', () => {
    const kinds = (text: string) => composeBody([text])[0]?.kind;
    expect(composeBody(['Điều 2. Quyết định có hiệu lực từ ngày ký.'])).toEqual([
      { kind: 'article', label: 'Điều 2.', text: 'Quyết định có hiệu lực từ ngày ký.' },
    ]);
    expect(kinds('II. CHỈ TIÊU ĐẾN HẾT NĂM 2026')).toBe('heading');
    expect(kinds('1. Về văn bản và điều hành')).toBe('heading');
    expect(kinds('2.1. Chỉ tiêu')).toBe('heading');
    expect(kinds('1. Giao Văn phòng tổng hợp, báo cáo trước ngày 15.')).toBe('paragraph');
    expect(kinds('100% văn bản được ký số')).toBe('paragraph');
    expect(kinds('12 công đoàn cơ sở đạt')).toBe('paragraph');
    expect(kinds('- Gửi báo cáo')).toBe('paragraph');
  });

  it('bỏ đoạn trống, giữ thứ tự', () => {
    const texts = composeBody(['a', '  ', 'b']).map((block) =>
      block.kind === 'paragraph' ? block.text : '',
    );
    expect(texts).toEqual(['a', 'b']);
  });
});
