"""In which states may a submission be, and how do people call them?"""

from base.words import mark

STATES = {
    "submitted": mark("◷ 待镇审"),
    "reviewed": mark("◷ 待市审"),
    "accepted": mark("✓ 已入账"),
    "returned": mark("↩ 已退回"),
    "withdrawn": mark("– 已撤回"),
    "reopened": mark("↻ 待重报"),
    "annulled": mark("✕ 已作废"),
    "replaced": mark("– 已被替换"),
}
ALL = tuple(STATES)
