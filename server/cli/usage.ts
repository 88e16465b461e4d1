/** What `--help` prints. */
export const usage = `Công Văn server

  server --port N [--host 127.0.0.1] --data DIR [--sample] [--log-level info]
         [--database-url URL [--connections 12] [--files DIR]] [--metrics-port N]
  server admin --data DIR [--database-url URL] COMMAND

Commands of admin (they work while the server is running, too):
  units list
  units add --id ID --name NAME --symbol SYMBOL --level province|district|grassroots
            [--superior ID] [--place PLACE] [--collective BODY] [--seal-mm 36]
  people list [--unit ID]
  people add --id ID --unit ID --name NAME --position POSITION --roles clerk,leader,… [--pin DIGITS] [--inactive]
  people set-pin --id ID --unit ID --pin DIGITS
  enrol-code create --unit ID [--minutes 30]
  devices list
  devices revoke --id ID
  audit
  new-epoch        after a backup was restored: devices send again what it does not hold

Roles: clerk (văn thư), leader (lãnh đạo), officer (chuyên viên), chair (chủ tọa), secretary (thư ký), admin (quản trị).
The database is PGlite inside DIR, or PostgreSQL (15 or newer) where --database-url or DATABASE_URL is given.
Its user owns the database and may create roles, or was given the role cong_van_app beforehand.
`;
