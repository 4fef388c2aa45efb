package cf
