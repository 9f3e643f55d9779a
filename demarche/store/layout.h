// The tables of the record, layout 1. Columns bear the names of the record's fields; `json` is the row as
// `demarche read --format jsonl` prints it. Private to store/.
#pragma once

namespace demarche {

inline constexpr const char* kLayout1 = R"sql(
CREATE TABLE report (
  report      INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,           -- sha256 of the source bytes
  short_id    TEXT NOT NULL UNIQUE,           -- as in row ids: "1f2e3d4c" of "1f2e3d4c.e3"
  read_from   TEXT NOT NULL,
  title       TEXT, publisher TEXT, url TEXT, language TEXT,
  published   TEXT, published_basis TEXT NOT NULL,
  text        TEXT NOT NULL,
  version     TEXT NOT NULL, model TEXT NOT NULL, lexicon TEXT NOT NULL,
  given_date  TEXT,
  json        TEXT NOT NULL                   -- the record's "document", without its text
);
CREATE TABLE actor (
  report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE, id TEXT NOT NULL,
  name TEXT NOT NULL, kind TEXT NOT NULL, party TEXT, sector TEXT, role TEXT, wikidata TEXT, key TEXT NOT NULL,
  mentions INTEGER NOT NULL, confidence REAL NOT NULL, json TEXT NOT NULL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX actor_key ON actor (key);
CREATE TABLE statement (
  report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE, id TEXT NOT NULL,
  speaker TEXT, party TEXT, sector TEXT, anonymity TEXT NOT NULL, kind TEXT NOT NULL, quotation TEXT NOT NULL,
  content TEXT NOT NULL, date_start TEXT, date_end TEXT, standing TEXT NOT NULL,
  evidence_start INTEGER NOT NULL, evidence_end INTEGER NOT NULL,
  rule TEXT NOT NULL, confidence REAL NOT NULL, json TEXT NOT NULL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX statement_party ON statement (party);
CREATE TABLE event (
  report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE, id TEXT NOT NULL,
  type TEXT NOT NULL, mode TEXT, kind TEXT, factuality TEXT NOT NULL, date_start TEXT, date_end TEXT, date_basis TEXT,
  attributed_to TEXT, quad_class TEXT, intensity REAL, location TEXT,
  evidence TEXT NOT NULL, evidence_start INTEGER NOT NULL, evidence_end INTEGER NOT NULL,
  rule TEXT NOT NULL, confidence REAL NOT NULL, json TEXT NOT NULL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX event_day ON event (date_start, date_end);
CREATE TABLE event_party (                    -- who acts, who is acted on
  report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE, id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('actor', 'recipient')), place INTEGER NOT NULL,
  actor TEXT, party TEXT, sector TEXT,
  PRIMARY KEY (report, id, role, place)
) WITHOUT ROWID;
CREATE INDEX event_party_party ON event_party (party);
CREATE TABLE claim (
  report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE, id TEXT NOT NULL,
  "by" TEXT NOT NULL, statement TEXT, event TEXT, property TEXT NOT NULL, value TEXT NOT NULL, normal TEXT NOT NULL, stance TEXT NOT NULL,
  evidence TEXT NOT NULL, evidence_start INTEGER NOT NULL, evidence_end INTEGER NOT NULL,
  rule TEXT NOT NULL, confidence REAL NOT NULL, json TEXT NOT NULL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE TABLE commitment (
  report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE, id TEXT NOT NULL,
  kind TEXT NOT NULL, status TEXT NOT NULL, due_start TEXT, due_end TEXT, what TEXT NOT NULL, condition TEXT, event TEXT,
  made TEXT,                                  -- the day it was made as far as the report tells, else the report's day
  evidence TEXT NOT NULL, evidence_start INTEGER NOT NULL, evidence_end INTEGER NOT NULL,
  rule TEXT NOT NULL, confidence REAL NOT NULL, json TEXT NOT NULL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE TABLE commitment_party (
  report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE, id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('by', 'to')), place INTEGER NOT NULL,
  actor TEXT, party TEXT, sector TEXT,
  PRIMARY KEY (report, id, role, place)
) WITHOUT ROWID;
CREATE TABLE commitment_forswears (           -- kinds of event that would break it
  report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE, id TEXT NOT NULL, kind TEXT NOT NULL,
  PRIMARY KEY (report, id, kind)
) WITHOUT ROWID;
CREATE TABLE link (
  report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE, id TEXT NOT NULL,
  kind TEXT NOT NULL, "from" TEXT NOT NULL, "to" TEXT NOT NULL, rule TEXT NOT NULL, confidence REAL NOT NULL, json TEXT NOT NULL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE TABLE time (
  report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE, id TEXT NOT NULL,
  text TEXT NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL, interval_start TEXT, interval_end TEXT, json TEXT NOT NULL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE TABLE diagnostic (
  report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE, place INTEGER NOT NULL,
  code TEXT NOT NULL, severity TEXT NOT NULL, message TEXT NOT NULL, json TEXT NOT NULL,
  PRIMARY KEY (report, place)
) WITHOUT ROWID;
)sql";

}  // namespace demarche
