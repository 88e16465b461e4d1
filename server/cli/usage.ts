/** What `--help` prints. */
export const usage = `Công Văn server

  server --port N [--host 127.0.0.1] --data DIR [--sample] [--log-level info]
         [--database-url URL [--connections 12] [--files DIR]] [--metrics-port N]
  server admin --data DIR [--database-url URL [--files DIR]] COMMAND

Commands of admin. They work while the server runs, too; where (stopped) stands, it must be stopped.
Exit status: 0 done, 1 failed or found a fault, 2 wrong usage. Lists have tabs between the values; --json prints JSON.

Units and people
  units list [--json]
  units add --id ID --name NAME --symbol SYMBOL --level province|district|grassroots
            [--superior ID] [--place PLACE] [--collective BODY] [--seal-mm 36]
            [--valid-from YYYY-MM-DD] [--valid-to YYYY-MM-DD]
  units edit --id ID [what is to change, as in add]
  units merge --from ID,ID --into ID --on YYYY-MM-DD
                   the old units end the day before; devices of the new one read what was theirs
  units stale [--days 3] [--json]
                   units that no device has been in touch for, and for how many days
  people list [--unit ID] [--json]
  people add --id ID --unit ID --name NAME --position POSITION --roles clerk,leader,… [--pin DIGITS] [--inactive]
  people edit --id ID [--name NAME] [--position POSITION]
  people roles --id ID --roles clerk,leader,…
  people deactivate --id ID
  people activate --id ID
  people set-pin --id ID --unit ID --pin DIGITS

Devices
  enrol-code create --unit ID [--minutes 30]
  devices list [--unit ID] [--json]
                   "awaited": after a restore no book of the unit is given away before this device has synchronised
  devices rename --id ID --name NAME
  devices revoke --id ID
  grants list [--json]
  grants add --unit ID --readable ID         devices of --unit read what belongs to or was sent to --readable
  grants remove --unit ID --readable ID

Backup and care
  backup --folder DIR [--keep 14] [--passphrase-file FILE]
  backup list --folder DIR [--passphrase-file FILE] [--json]
  backup verify --folder DIR [--name NAME] [--passphrase-file FILE]
                   reads every byte of the newest backup, or of the named one
  restore --folder DIR [--name NAME] [--passphrase-file FILE]
                   (stopped) into an empty --data and database; begins a new epoch
  audit [--deep] [--json]
                   numbers, feeds, operations, grants, files; --deep reads every file
  health [--backup-hours 26] [--audit-hours 26] [--disk-mb 5000] [--json]
  check-signatures [--unit ID] [--trust DIR] [--crl DIR]
  new-epoch        after the data was put back by other means than restore: devices send again what it does not hold

Roles: clerk (văn thư), leader (lãnh đạo), officer (chuyên viên), chair (chủ tọa), secretary (thư ký), admin (quản trị).
The database is PGlite inside DIR, or PostgreSQL (15 or newer) where --database-url or DATABASE_URL is given.
Its user owns the database and may create roles, or was given the role cong_van_app beforehand.
`;
