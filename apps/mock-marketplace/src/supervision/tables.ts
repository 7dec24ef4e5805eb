/** The electronic delivery of an order, step by step. */
export const supervisionTables = `
  CREATE TABLE supervisions (
    orderId TEXT PRIMARY KEY,
    subscription TEXT NOT NULL UNIQUE,
    data TEXT NOT NULL
  ) STRICT;
`;
