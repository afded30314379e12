mod published;
mod reader;
mod tables;
