import { z } from 'zod';
import { daySchema, idSchema } from './values';

/** Văn thư · lãnh đạo · chuyên viên · chủ tọa · thư ký cuộc họp · quản trị. */
export const roles = ['clerk', 'leader', 'officer', 'chair', 'secretary', 'admin'] as const;
export type Role = (typeof roles)[number];

export const unitSchema = z.object({
  id: idSchema,
  unit: idSchema,
  name: z.string().min(1).max(200),
  /** Issuer part of a symbol: `LĐLĐ` in `35/KH-LĐLĐ`. */
  symbol: z.string().max(30),
  level: z.enum(['province', 'district', 'grassroots']),
  superior: z.string().max(120),
  place: z.string().max(100),
  /** Body in whose name the head signs, e.g. `BAN THƯỜNG VỤ`. */
  collective: z.string().max(100),
  /** Diameter of the registered round seal in millimetres. */
  sealMm: z.number().positive().max(60),
  validFrom: daySchema,
  validTo: daySchema,
  /** The unit that this one was merged into; none while it goes on. */
  successor: z.string().max(120).optional(),
});
export type Unit = z.infer<typeof unitSchema>;

export const personSchema = z.object({
  id: idSchema,
  unit: idSchema,
  name: z.string().min(1).max(100),
  position: z.string().max(100),
  roles: z.array(z.enum(roles)),
  active: z.boolean(),
});
export type Person = z.infer<typeof personSchema>;
