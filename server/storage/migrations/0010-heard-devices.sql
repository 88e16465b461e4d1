-- In which history of the data (server.epoch) the device has said that the server has everything it keeps. Until then a
-- restored server may lack what it had given to the device. Null: it has not said so in any.
alter table device add column heard_epoch text;
