-- Something to click on while developing.

create table if not exists interviews_test (like interviews including all);

insert into interviews (question, owner) values
    ('How do people choose a bicycle?', 'test@example.com'),
    ('What keeps people awake at night?', 'demo@example.com');

insert into interviews_test (question, owner) values
    ('Does the planner answer at all?', 'dev@example.com');
