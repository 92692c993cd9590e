import { mount } from 'svelte'
import './design/tokens.css'
import './design/base.css'
import App from './App.svelte'

const app = document.getElementById('app')!
app.replaceChildren()
mount(App, { target: app })
