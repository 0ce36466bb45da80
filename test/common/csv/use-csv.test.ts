import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UseReport } from '../../../common/shapes/use.ts';
import { formatUseCsv } from '../../../common/csv/use-csv.ts';

const REPORT: UseReport = {
  period: '2026-03',
  tables: [
    {
      kind: 'group',
      measure: 'outWay',
      rows: [
        { segment: null, name: null, classes: [20, 30, null], total: 61 },
        { segment: '', name: null, classes: [null, 1, 2], total: null },
        { segment: 'grp_1', name: '=Law, "new"', classes: [0, 1, 2], total: 3 },
      ],
    },
  ],
};

test('a report as CSV: each cell a line, nothing for what is not told, names that are no formulas', () => {
  assert.deepEqual(formatUseCsv(REPORT).split('\r\n'), [
    'period,by,segment,name,measure,class,value',
    '2026-03,group,,,outWay,relay,20',
    '2026-03,group,,,outWay,smarthost,30',
    '2026-03,group,,,outWay,program,',
    '2026-03,group,,,outWay,all,61',
    '2026-03,group,-,,outWay,relay,',
    '2026-03,group,-,,outWay,smarthost,1',
    '2026-03,group,-,,outWay,program,2',
    '2026-03,group,-,,outWay,all,',
    `2026-03,group,grp_1,"'=Law, ""new""",outWay,relay,0`,
    `2026-03,group,grp_1,"'=Law, ""new""",outWay,smarthost,1`,
    `2026-03,group,grp_1,"'=Law, ""new""",outWay,program,2`,
    `2026-03,group,grp_1,"'=Law, ""new""",outWay,all,3`,
    '',
  ]);
});
