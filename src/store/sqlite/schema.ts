/** Tables of `.heddle/heddle.db`. `log` is the truth; the others are derived from it or are caches, and say which. */

/** Statements that make version N of the database from version N-1. */
export const MIGRATIONS: readonly string[] = [
  `
  -- The event log: one row a turn of the engine's loop, its events as a JSON array.
  CREATE TABLE log (
    seq INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    at INTEGER NOT NULL,            -- ms since 1970
    events TEXT NOT NULL
  );
  CREATE INDEX log_run ON log (run, seq);

  -- Derived: one row a run.
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,      -- the id that people see
    state TEXT NOT NULL,
    started INTEGER NOT NULL,
    finished INTEGER,
    pipeline TEXT NOT NULL,
    graph TEXT NOT NULL,            -- digest of the graph file
    request TEXT NOT NULL,          -- JSON: parameters, where, tasks, user, host, version, argv
    tasks TEXT NOT NULL,            -- JSON: task -> what its identity was made of (configuration, code, environment), for reasons
    reused BLOB,                    -- Float64Array, one a quantum: execution that stands in since the start, or 0
    counts TEXT
  );

  -- Derived: outcomes of attempts that are over, in packed batches, for reuse by content (see store/sqlite/executions.ts).
  CREATE TABLE executions (
    seq INTEGER PRIMARY KEY,        -- the log's
    run INTEGER NOT NULL,
    count INTEGER NOT NULL,
    records BLOB NOT NULL,
    inline BLOB NOT NULL            -- contents of small outputs, located by offset
  );
  CREATE INDEX executions_run ON executions (run, seq);

  -- Logs of attempts that are small enough, in batches; larger ones are files (see store/sqlite/logs.ts).
  CREATE TABLE logs (
    run INTEGER NOT NULL,
    q INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    file TEXT,                      -- below .heddle/logs, when not inline
    text BLOB,
    PRIMARY KEY (run, q, attempt)
  ) WITHOUT ROWID;

  -- Processes of this machine that runs started, by id and start time. What was handed to a site and is not over is in the log.
  CREATE TABLE processes (
    pid INTEGER NOT NULL,
    started INTEGER NOT NULL,       -- clock ticks since boot, /proc/PID/stat field 22
    boot TEXT NOT NULL,             -- /proc/sys/kernel/random/boot_id
    run INTEGER NOT NULL,
    PRIMARY KEY (pid, started)
  ) WITHOUT ROWID;

  -- Cache: digests of files by their stat.
  CREATE TABLE files (
    path TEXT PRIMARY KEY,          -- below the project folder
    stat TEXT NOT NULL,             -- device:inode:size:mtime_ns:ctime_ns
    hashed INTEGER NOT NULL,        -- ms since 1970
    digest BLOB NOT NULL
  ) WITHOUT ROWID;

  -- Cache: what was worked out of texts, by a key that says it all (the code of modules).
  CREATE TABLE remembered (
    key TEXT PRIMARY KEY,
    text TEXT NOT NULL
  ) WITHOUT ROWID;

  -- What Heddle last put at each path: of a dataset, so that a person's edit there is noticed.
  CREATE TABLE published (
    path TEXT PRIMARY KEY,          -- below the project folder
    stat TEXT NOT NULL,             -- of the file just put there; see repository/stat-key.ts
    digest TEXT NOT NULL
  ) WITHOUT ROWID;

  -- Datasets that a person registered (heddle ingest).
  CREATE TABLE ingested (
    type TEXT NOT NULL,
    dataId TEXT NOT NULL,           -- canonical JSON
    path TEXT NOT NULL,             -- where the file lies, or an object when it was copied in
    digest TEXT NOT NULL,
    size INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (type, dataId)
  ) WITHOUT ROWID;

  -- Collections besides runs: tagged (members below) and chained (an ordered search path of collections).
  CREATE TABLE collections (
    name TEXT PRIMARY KEY,
    kind TEXT NOT NULL,             -- tagged | chained
    chain TEXT                      -- JSON list of names, of a chained one
  ) WITHOUT ROWID;
  CREATE TABLE members (
    collection TEXT NOT NULL,
    dataset TEXT NOT NULL,          -- id
    digest TEXT NOT NULL,
    run TEXT,
    PRIMARY KEY (collection, dataset)
  ) WITHOUT ROWID;
  `,
]
